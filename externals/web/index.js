// The models as nodes of Web Audio: `const specml = await load(context)`, then
// `specml.node("unlearn", "-preset clicks").connect(context.destination)`.
import { Box, hasVectors } from "./core.js";
import { words } from "./words.js";

export { Box, words };

/** Fetches the module and brings it to a context, live or offline. */
export async function load(context, folder = new URL(".", import.meta.url)) {
  const file = hasVectors() ? "specml-simd.wasm" : "specml.wasm";
  const answer = await fetch(new URL(file, folder));
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${answer.statusText}`);
  const bytes = await answer.arrayBuffer();
  await context.audioWorklet.addModule(new URL("processor.js", folder));
  return { node: (model, said, options) => new SpecmlNode(context, bytes, model, said, options) };
}

/**
 * A box: its controls are AudioParams, whatever else it is told are messages. Events: "say" {level,
 * text}, "tell" {name, list}, "values", "learnt" while `look` is true, in `detail`.
 */
export class SpecmlNode extends AudioWorkletNode {
  #answers = new Map();

  /**
   * @param said what a box says: "-lr 0.2 -seed 3"
   * @param options channels: networks abreast (autoregnn, autoregnn2); outs: of unlearn, neurons
   *   being mixed into them; state: bytes of a state file to begin with
   */
  constructor(context, bytes, model, said = "", { channels = 1, outs = 2, state } = {}) {
    const { sources } = words[model] ?? {};
    if (!sources) throw new Error(`model must be one of ${Object.keys(words).join(" ")}, not ${model}`);
    const sums = model === "unlearn";
    super(context, `specml-${model}`, {
      numberOfInputs: sources,
      numberOfOutputs: sums ? 1 : sources + 1,
      outputChannelCount: sums ? [outs] : Array(sources + 1).fill(channels),
      channelCount: channels,
      channelCountMode: "explicit",
      channelInterpretation: "discrete",
      processorOptions: {
        bytes,
        model,
        words: `${sums ? `-outs ${outs} ` : ""}${state ? "-file state " : ""}${said}`,
        files: state ? [["state", state]] : [],
      },
    });
    this.model = model;
    this.begun = new Promise((resolve, reject) => {
      this.port.onmessage = ({ data }) => {
        if (data.refused) reject(new Error(data.refused));
        if (data.begun) resolve(this);
        this.#heed(data);
      };
    });
    this.begun.catch(() => {}); // who does not wait hears nothing of it but the silence
  }

  /** send("lr", 0.2), send("preset clicks"): the messages of every host. */
  send(...message) {
    this.port.postMessage({ message: message.length === 1 ? message[0] : message });
  }

  set look(on) {
    this.port.postMessage({ look: Boolean(on) });
  }

  /** Returns the bytes of a state file, of the moment in which the sound hears of it. */
  write() {
    const ask = this.#answers.size;
    this.send("write state");
    this.port.postMessage({ ask });
    return new Promise((resolve) => this.#answers.set(ask, resolve));
  }

  /** Goes on from the bytes of a state file, or takes over its weights alone. */
  read(bytes, { weights = false } = {}) {
    this.port.postMessage({ read: { name: "state", bytes }, message: `read state${weights ? " weights" : ""}` });
  }

  #heed(data) {
    const values = data.begun ?? data.values;
    if (values)
      for (const [name, parameter] of this.parameters) if (parameter.value !== Math.fround(values[name])) parameter.value = values[name];
    if (data.answer !== undefined) {
      this.#answers.get(data.answer)(data.file);
      this.#answers.delete(data.answer);
    }
    for (const name of ["say", "tell", "learnt"])
      if (data[name]) this.dispatchEvent(new CustomEvent(name, { detail: data[name] }));
    if (values) this.dispatchEvent(new CustomEvent("values", { detail: values }));
  }
}
