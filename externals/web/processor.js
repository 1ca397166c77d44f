// A box as an AudioWorkletProcessor. It hears messages between blocks, on the thread of the sound.
import { Box } from "./core.js";
import { words } from "./words.js";

const LOOKS = 25; // a second: what it has learnt, for those who look

class Processor extends AudioWorkletProcessor {
  constructor({ processorOptions: { bytes, model, words: said, files } }) {
    super();
    this.values = {}; // of the controls, as the box holds them
    this.seen = {}; // of the parameters
    try {
      this.box = new Box(new WebAssembly.Module(bytes), model, said, {
        samplerate: sampleRate,
        files,
        say: (level, text) => this.port.postMessage({ say: { level, text } }),
        tell: (name, list) => this.#told(name, list),
      });
      this.#hold();
      this.port.postMessage({ begun: this.values });
    } catch (error) {
      this.port.postMessage({ refused: error.message });
    }
    this.port.onmessage = ({ data }) => this.box && this.#heed(data);
  }

  #heed({ message, read, ask, look }) {
    if (read) this.box.files.set(read.name, read.bytes);
    if (message) {
      this.box.message(message);
      this.#hold();
      this.port.postMessage({ values: this.values });
    }
    if (look !== undefined) this.looked = look ? 0 : undefined;
    if (ask !== undefined) this.port.postMessage({ answer: ask, file: this.box.files.get("state") });
  }

  /** Asks for all settings, which #told takes. */
  #hold() {
    this.holding = true;
    this.box.message("dump");
    this.holding = false;
  }

  #told(name, list) {
    if (this.holding) this.values[name] = list[0];
    else this.port.postMessage({ tell: { name, list } });
  }

  /** A parameter that stands still is what the box holds, if it was moved; else it is a signal. */
  #signal(name, parameter) {
    if (parameter.length > 1) return [parameter];
    const [value] = parameter;
    const moved = this.seen[name] !== undefined && this.seen[name] !== value;
    this.seen[name] = value;
    if (moved && value !== Math.fround(this.values[name])) {
      this.box.message(name, value);
      this.values[name] = value;
    }
    return [];
  }

  process(inputs, outputs, parameters) {
    if (!this.box) return false;
    const n = outputs[0][0].length;
    const controls = this.box.controls.map((name) => this.#signal(name, parameters[name]));
    const said = this.box.process([...inputs, ...controls], n);
    const rows = outputs.length === 1 ? [said.flat()] : said;
    outputs.forEach((channels, j) => channels.forEach((channel, c) => rows[j]?.[c] && channel.set(rows[j][c])));
    if (this.looked !== undefined && currentTime >= this.looked) {
      this.looked = currentTime + 1 / LOOKS;
      this.port.postMessage({ learnt: this.box.learnt() });
    }
    return true;
  }
}

for (const [model, { controls, settings }] of Object.entries(words)) {
  const descriptors = settings
    .filter(({ name }) => controls.includes(name))
    .map(({ name, low, high, initial }) => ({ name, minValue: low, maxValue: high, defaultValue: initial }));
  registerProcessor(
    `specml-${model}`,
    class extends Processor {
      static get parameterDescriptors() {
        return descriptors;
      }
    },
  );
}
