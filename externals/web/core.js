// A box of the WebAssembly module, for whoever has one thread for it: an AudioWorklet, a page, node.
//
// One instance of the module is one box (box.c). What it is told and what it says are those of every
// host: docs/words.md.

import { words as table } from "./words.js";

const LEVELS = ["error", "warning"];

/** The bytes of UTF-8, which an AudioWorklet has no TextEncoder for. */
export function encode(text) {
  return Uint8Array.from(unescape(encodeURIComponent(text)), (c) => c.charCodeAt(0));
}

export function decode(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return decodeURIComponent(escape(text));
}

/** "store a" or ["store", "a"]: words, of which those that read as numbers are numbers. */
function split(words) {
  const list = typeof words === "string" ? words.split(/\s+/).filter(Boolean) : words.flat();
  return list.map((word) => {
    const text = String(word);
    const is = typeof word === "number" || /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text);
    return { text, number: is ? Number(word) : undefined };
  });
}

function imports(instance, host) {
  const box = () => instance.exports;
  const text = (at) => readText(box().memory, at);
  const none = () => 0;
  return {
    host: {
      say: (level, at) => host.say(LEVELS[level], text(at)),
      tell(name, many, numbers, symbol) {
        const list = symbol ? [text(symbol)] : [...new Float64Array(box().memory.buffer, numbers, many)];
        host.tell(name ? text(name) : "list", list);
      },
      size: (path) => host.files.get(text(path))?.length ?? -1,
      fetch: (path, to) => new Uint8Array(box().memory.buffer).set(host.files.get(text(path)), to),
      write: (path, at, size) => host.files.set(text(path), new Uint8Array(box().memory.buffer).slice(at, at + size)),
    },
    wasi_snapshot_preview1: {
      environ_get: none,
      environ_sizes_get(count, bytes) {
        new DataView(box().memory.buffer).setUint32(count, 0, true);
        new DataView(box().memory.buffer).setUint32(bytes, 0, true);
        return 0;
      },
      clock_time_get(_clock, _precision, at) {
        const now = globalThis.performance ? performance.now() : Date.now();
        new DataView(box().memory.buffer).setBigUint64(at, BigInt(Math.round(now * 1e6)), true);
        return 0;
      },
      proc_exit(status) {
        throw new Error(`the module ended with ${status}`);
      },
    },
  };
}

function readText(memory, at) {
  const bytes = new Uint8Array(memory.buffer);
  return decode(bytes.subarray(at, bytes.indexOf(0, at)));
}

/** The module's functions, and a host around them. */
export function instantiate(module, host) {
  const held = { exports: null };
  held.exports = new WebAssembly.Instance(module, imports(held, host)).exports;
  held.exports._initialize();
  return held.exports;
}

/** Whether vectors of 128 bits may be used, so that the quicker module runs; its bits are the same. */
export function hasVectors() {
  // biome-ignore format: the bytes of a module that has a vector
  return WebAssembly.validate(
    Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0,
      253, 15, 253, 98, 11),
  );
}

export class Box {
  /**
   * @param module of specml.wasm or specml-simd.wasm
   * @param model "autoregnn", "autoregnn2" or "unlearn"
   * @param words what a box says: "-preset clicks -seed 3", or a list of words and numbers
   * @param {import("./core.js").BoxOptions} options
   * @throws Error with the reasons, if there can be no such box
   */
  constructor(module, model, words = "", { samplerate = 48000, say = () => {}, tell = () => {}, files = [] } = {}) {
    const reasons = [];
    if (!table[model]) throw new Error(`model must be one of ${Object.keys(table).join(" ")}, not ${model}`);
    this.files = new Map(files);
    this.host = {
      files: this.files,
      say: (level, text) => (this.begun ? say(level, text) : level === "error" ? reasons.push(text) : say(level, text)),
      tell: (name, list) => (this.dumped ? (this.dumped[name] = list[0]) : tell(name, list)),
    };
    this.box = instantiate(module, this.host);
    this.samplerate = samplerate;
    this.#give([{ text: model }, ...split(words)]);
    if (this.box.begin(samplerate)) throw new Error(reasons.join("; "));
    this.begun = true;
    this.sources = table[model].sources;
    this.controls = table[model].controls;
    this.channels = [];
    this.block = 0;
  }

  /** Tells it a message: message("store", "a"), message("store a"). False after an error. */
  message(...words) {
    this.#give(split(words.length === 1 ? words[0] : words));
    const well = !this.box.message();
    this.fit(this.channels, this.block); // it may have other outlets
    return well;
  }

  /** All settings, by name. */
  values() {
    const dumped = (this.dumped = {});
    this.message("dump");
    this.dumped = undefined;
    return dumped;
  }

  /** Opens it for blocks of at most n samples, and for so many channels of each inlet. */
  fit(channels, n) {
    const form = [...channels, n, this.box.outlets(), this.box.width()].join();
    if (!n || form === this.form) return true;
    const at = this.box.room(4 * channels.length);
    new Int32Array(this.box.memory.buffer, at, channels.length).set(channels);
    const well = !this.box.open(at, n, this.samplerate);
    this.viewed = undefined;
    this.box.free(at);
    this.channels = [...channels];
    this.block = n;
    this.form = [...channels, n, this.box.outlets(), this.box.width()].join();
    return well;
  }

  /**
   * One block. inlets: for each source, then each control, a list of channels, (n,) each; a control
   * without channels holds its value. Returns outlets of channels, as views that the next call changes.
   */
  process(inlets, n) {
    if (!this.#fits(inlets, n))
      this.fit(
        inlets.map((inlet, k) => this.#count(inlet, k)),
        Math.max(n, this.block),
      );
    if (n !== this.viewed || this.memory !== this.box.memory.buffer) this.#view(n);
    for (let k = 0; k < inlets.length; ++k)
      for (let c = 0; c < this.heard[k].length; ++c)
        if (inlets[k][c]) this.heard[k][c].set(inlets[k][c]);
        else this.heard[k][c].fill(0);
    const at = this.box.process(n);
    if (at !== this.at) this.#viewSaid(at, n);
    return this.said;
  }

  /** Channels of an inlet: a source that hears nothing hears silence. */
  #count(inlet, k) {
    return k < this.sources ? Math.max(1, inlet.length) : inlet.length;
  }

  #fits(inlets, n) {
    if (n > this.block || inlets.length !== this.channels.length) return false;
    for (let k = 0; k < inlets.length; ++k) if (this.#count(inlets[k], k) !== this.channels[k]) return false;
    return true;
  }

  /** Where a block of n samples stands in the memory of the box; good until it is opened anew. */
  #view(n) {
    this.memory = this.box.memory.buffer;
    this.viewed = n;
    this.at = undefined;
    this.heard = this.channels.map((count, k) => this.#rows(this.box.heard(k), count, n));
  }

  #viewSaid(at, n) {
    const width = this.box.width();
    this.at = at;
    this.said = Array.from({ length: this.box.outlets() }, (_, j) => this.#rows(at + 8 * n * j * width, width, n));
  }

  #rows(at, count, n) {
    return Array.from({ length: count }, (_, c) => new Float64Array(this.memory, at + 8 * n * c, n));
  }

  /** What it has learnt, channel by channel: {name: {shape, numbers}}. */
  learnt() {
    const words = this.box.learnt_words();
    let at = words ? this.box.learnt() : 0;
    const end = at + 8 * words,
      channels = [];
    while (at < end) {
      const tensors = {};
      for (let k = 0; k < this.box.tensors(); ++k) {
        const shape = [this.box.tensor_size(k, 0), this.box.tensor_size(k, 1)];
        const Numbers = this.box.tensor_real(k) ? Float64Array : BigInt64Array;
        const numbers = Float64Array.from(new Numbers(this.box.memory.buffer, at, shape[0] * shape[1]), Number);
        tensors[readText(this.box.memory, this.box.tensor_name(k))] = { shape, numbers };
        at += 8 * numbers.length;
      }
      channels.push(tensors);
    }
    return channels;
  }

  #give(words) {
    for (const { text, number } of words) {
      const bytes = encode(text),
        at = this.box.room(bytes.length + 1);
      const memory = new Uint8Array(this.box.memory.buffer);
      memory.set(bytes, at);
      memory[at + bytes.length] = 0;
      this.box.word(number !== undefined, number ?? 0, at);
    }
  }
}
