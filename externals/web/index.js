// The models as nodes of Web Audio: `const specml = await load(context)`, then
// `specml.node("unlearn", "-preset clicks").connect(context.destination)`.
import { Box, hasVectors } from "./core.js";
import { words } from "./words.js";

export { Box, words };

// without Web Audio, as in node, there are no nodes, but a Box
const Base = /** @type {typeof AudioWorkletNode} */ (globalThis.AudioWorkletNode ?? Object);

/** Fetches the module and brings it to a context, live or offline. */
export async function load(context, folder = new URL(".", import.meta.url)) {
  const file = hasVectors() ? "specml-simd.wasm" : "specml.wasm";
  const answer = await fetch(new URL(file, folder));
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${answer.statusText}`);
  const module = await WebAssembly.compile(await answer.arrayBuffer());
  await context.audioWorklet.addModule(new URL("processor.js", folder));
  return { node: (model, said, options) => new SpecmlNode(context, module, model, said, options) };
}

/**
 * A box: what moves (in words.js, effect "moves") are AudioParams, whatever else it is told are
 * messages. Events: "say" {level, text}, "tell" {name, list}, "values", "learnt" while `look` is true, in `detail`.
 */
export class SpecmlNode extends Base {
  #answers = new Map();
  #followed = {}; // what parameters were set to, as the box said
  #asked = 0;

  /**
   * @param {BaseAudioContext} context
   * @param {WebAssembly.Module} module
   * @param {import("./words.js").Model} model
   * @param said what a box says: "-lr 0.2 -seed 3"
   * @param {import("./index.js").Options} options
   * @throws Error with the reasons, if there can be no such box
   */
  constructor(context, module, model, said = "", { channels = 1, outs = 2, state } = {}) {
    const sums = model === "unlearn";
    const box = `${sums ? `-outs ${outs} ` : ""}${state ? "-file state " : ""}${said}`;
    const files = new Map(state ? [["state", state]] : []);
    const twin = new Box(module, model, box, { samplerate: context.sampleRate, files }); // throws, if it must
    const { sources, settings } = words[model],
      moving = settings.filter(({ effect }) => effect === "moves");
    const values = twin.values();
    super(context, `specml-${model}`, {
      numberOfInputs: sources,
      numberOfOutputs: sums ? 1 : sources + 1,
      outputChannelCount: sums ? [outs] : Array(sources + 1).fill(channels),
      channelCount: channels,
      channelCountMode: "explicit",
      channelInterpretation: "discrete",
      parameterData: Object.fromEntries(moving.map(({ name }) => [name, Number(values[name])])),
      processorOptions: { module, model, words: box, files },
    });
    this.model = model;
    this.values = values;
    this.port.onmessage = ({ data }) => this.#heed(data);
  }

  /** send("lr", 0.2), send("preset clicks"): the messages of every host. */
  send(...message) {
    this.#send({ message: message.length === 1 ? message[0] : message });
  }

  /** With what the parameters are now: one that a page moves before the answer comes stays where it is. */
  #send(said) {
    const held = Object.fromEntries([...this.parameters].map(([name, { value }]) => [name, value]));
    this.port.postMessage({ ...said, held });
  }

  set look(on) {
    this.port.postMessage({ look: Boolean(on) });
  }

  /** Returns the bytes of a state file, of the moment in which the sound hears of it. */
  write() {
    const ask = this.#asked++;
    this.send("write state");
    this.port.postMessage({ ask });
    return new Promise((resolve) => this.#answers.set(ask, resolve));
  }

  /** Goes on from the bytes of a state file, or takes over its weights alone. */
  read(bytes, { weights = false } = {}) {
    this.#send({ read: { name: "state", bytes }, message: `read state${weights ? " weights" : ""}` });
  }

  /** Ends it for good: a node that is only disconnected goes on computing. */
  end() {
    this.port.postMessage({ end: true });
  }

  #heed(data) {
    if (data.values) {
      this.values = data.values;
      for (const [name, parameter] of this.parameters) this.#follow(name, parameter, data.held[name]);
    }
    if (data.answer !== undefined) {
      this.#answers.get(data.answer)(data.file);
      this.#answers.delete(data.answer);
    }
    for (const name of ["say", "tell", "values", "learnt"])
      if (data[name]) this.dispatchEvent(new CustomEvent(name, { detail: data[name] }));
  }

  /** A parameter goes where the box is, unless the page has moved it since it was held. */
  #follow(name, parameter, held) {
    if (parameter.value !== held && parameter.value !== this.#followed[name]) return;
    this.#followed[name] = Math.fround(Number(this.values[name]));
    if (parameter.value !== this.#followed[name]) parameter.value = this.#followed[name];
  }
}
