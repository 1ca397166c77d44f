// A box as an AudioWorkletProcessor. It hears messages between blocks, on the thread of the sound.
import { Box } from "./core.js";
import { words } from "./words.js";

const LOOKS = 30; // a second: what it has learnt, for those who look

/** What moves: a control sample by sample, what has no inlet block by block. */
function moves(model) {
  return words[model].settings.filter(({ effect }) => effect === "moves");
}

class Processor extends AudioWorkletProcessor {
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
    this.seen = Object.fromEntries(moving.map(({ name }) => [name, Math.fround(this.values[name])]));
    this.blockwise = moving.map(({ name }) => name).filter((name) => !this.box.controls.includes(name));
    this.port.onmessage = ({ data }) => this.#heed(data);
  }

  #heed({ message, read, ask, look, end }) {
    this.ended ||= Boolean(end);
    if (read) this.box.files.set(read.name, read.bytes);
    if (message) {
      this.box.message(message);
      this.values = this.box.values();
      this.port.postMessage({ values: this.values });
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
  #signal(name, parameter) {
    const [value] = parameter;
    if (parameter.some((other) => other !== value)) return [parameter];
    const moved = this.seen[name] !== value;
    this.seen[name] = value;
    if (moved && value !== Math.fround(this.values[name])) {
      this.box.message(name, value);
      this.values[name] = value;
    }
    return [];
  }

  process(inputs, outputs, parameters) {
    const n = outputs[0][0].length;
    const controls = this.box.controls.map((name) => this.#signal(name, parameters[name]));
    for (const name of this.blockwise) this.#signal(name, parameters[name].subarray(0, 1));
    const said = this.box.process([...inputs, ...controls], n);
    const rows = outputs.length === 1 ? [said.flat()] : said;
    for (let j = 0; j < outputs.length; ++j)
      for (let c = 0; c < outputs[j].length; ++c) if (rows[j]?.[c]) outputs[j][c].set(rows[j][c]);
    if (this.looked !== undefined && currentTime >= this.looked) this.looked = this.#look();
    return !this.ended;
  }
}

for (const model of Object.keys(words)) {
  const descriptors = moves(model).map(({ name, low, high, initial }) => (
    { name, minValue: low, maxValue: high, defaultValue: initial }));
  registerProcessor(
    `specml-${model}`,
    class extends Processor {
      static get parameterDescriptors() {
        return descriptors;
      }
    },
  );
}
