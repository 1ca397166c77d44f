// A box as an AudioWorkletProcessor. It hears messages between blocks, on the thread of the sound.
import { Box } from "./core.js";
import { words } from "./words.js";

const LOOKS = 30; // a second: what it has learnt, for those who look
const NO_SIGNAL = [];

function isStill(parameter) {
  for (let i = 1; i < parameter.length; ++i) if (parameter[i] !== parameter[0]) return false;
  return true;
}

/** What moves: a control sample by sample, what has no inlet block by block. */
function moves(model) {
  return words[model].settings.filter(({ effect }) => effect === "moves");
}

class Processor extends AudioWorkletProcessor {
  ended = false;

  constructor({ processorOptions: { module, model, words: said, files } }) {
    super();
    this.box = new Box(module, model, said, {
      samplerate: sampleRate,
      files,
      say: (level, text) => this.port.postMessage({ say: { level, text } }),
      tell: (name, list) => this.port.postMessage({ tell: { name, list } }),
    });
    this.values = this.box.values(); // as the box holds them
    const moving = moves(model);
    this.seen = Object.fromEntries(moving.map(({ name }) => [name, Math.fround(Number(this.values[name]))]));
    this.inlets = []; // sources, then controls
    this.signals = this.box.controls.map(() => [undefined]);
    this.blockwise = moving.map(({ name }) => name).filter((name) => !this.box.controls.includes(name));
    this.port.onmessage = ({ data }) => this.#heed(data);
  }

  #heed({ message, held, read, ask, look, end }) {
    this.ended ||= Boolean(end);
    if (read) this.box.files.set(read.name, read.bytes);
    if (message) {
      this.box.message(message);
      this.values = this.box.values();
      this.port.postMessage({ values: this.values, held });
      if (this.looked !== undefined) this.looked = this.#look(); // sound may be at rest
    }
    if (look !== undefined) this.looked = look ? this.#look() : undefined;
    if (ask !== undefined) this.port.postMessage({ answer: ask, file: this.box.files.get("state") });
  }

  /** Tells what it has learnt; returns when to do so again. */
  #look() {
    this.port.postMessage({ learnt: this.box.learnt() });
    return currentTime + 1 / LOOKS;
  }

  /**
   * A parameter is a signal while it moves; where it stands still after that, the box holds it. Some
   * browsers give one number then, some 128 equal ones: of 32 bits, where the box may hold 64.
   */
  #isSignal(name, parameter) {
    if (!isStill(parameter)) return true;
    this.#hold(name, parameter[0]);
    return false;
  }

  #hold(name, value) {
    if (this.seen[name] === value) return;
    this.seen[name] = value;
    if (value === Math.fround(Number(this.values[name]))) return;
    this.box.message(name, value);
    this.values[name] = value;
  }

  /** Nothing is made anew here, so that nothing has to be cleared away while it sounds. */
  process(inputs, outputs, parameters) {
    const { inlets, signals, box } = this,
      { controls, sources } = box;
    for (let k = 0; k < sources; ++k) inlets[k] = inputs[k];
    for (let k = 0; k < controls.length; ++k) {
      signals[k][0] = parameters[controls[k]];
      inlets[sources + k] = this.#isSignal(controls[k], signals[k][0]) ? signals[k] : NO_SIGNAL;
    }
    for (const name of this.blockwise) this.#hold(name, parameters[name][0]);
    const said = box.process(inlets, outputs[0][0].length);
    const across = outputs.length === 1 && said.length > 1; // an outlet is a channel
    for (let j = 0; j < outputs.length; ++j)
      for (let c = 0; c < outputs[j].length; ++c) {
        const row = across ? said[c]?.[0] : said[j]?.[c];
        if (row) outputs[j][c].set(row);
      }
    if (this.looked !== undefined && currentTime >= this.looked) this.looked = this.#look();
    return !this.ended;
  }
}

for (const model of Object.keys(words)) {
  const descriptors = moves(model).map(({ name, low, high, initial }) => ({
    name,
    minValue: low,
    maxValue: high,
    defaultValue: initial,
  }));
  registerProcessor(
    `specml-${model}`,
    class extends Processor {
      static get parameterDescriptors() {
        return descriptors;
      }
    },
  );
}
