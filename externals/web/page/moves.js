// A control that moves by itself: with a slow oscillator, or with the loudness of the microphone.
import { words } from "../words.js";
import { Scale } from "./scale.js";

export const SLOWEST = 0.01,
  FASTEST = 20; // Hz
export const still = { by: "none", rate: 0.2, depth: 0.2 };
export const movers = { none: "still", oscillator: "slow oscillator", microphone: "microphone" };

const POINTS = 2049;
const LOUD = 4; // times the mean of a microphone's rectified signal is 1

/** Moves a parameter around a base, along its slider: all the way to both sides is a depth of 1. */
export class Move {
  /** @type {{ disconnect(): void }[] | undefined} */
  chain;

  constructor(context, parameter, scale) {
    this.context = context;
    this.parameter = parameter;
    this.scale = scale;
    this.seen = new AnalyserNode(context, { fftSize: 32 });
    this.samples = new Float32Array(32);
  }

  /** Where the control is now; undefined if it does not move. */
  now() {
    if (!this.shaper) return undefined;
    this.seen.getFloatTimeDomainData(this.samples);
    return this.base + this.samples[31];
  }

  /** microphone: a promise of its node. */
  set({ by, rate, depth }, base, microphone) {
    if (this.by !== by) {
      this.end();
      this.by = by;
      if (by === "oscillator") this.source = this.#oscillator(rate);
      if (by === "microphone") this.source = this.#loudness(microphone);
    }
    if (by === "none") return;
    if (this.source instanceof OscillatorNode) this.source.frequency.value = rate;
    this.depth = depth;
    this.#bend(base);
  }

  around(base) {
    if (this.source && base !== this.base) this.#bend(base);
  }

  end() {
    this.source?.disconnect();
    if (this.source instanceof OscillatorNode) this.source.stop();
    for (const node of this.chain ?? []) node.disconnect();
    this.shaper?.disconnect();
    this.source = this.chain = this.shaper = this.by = undefined;
  }

  #oscillator(frequency) {
    const node = new OscillatorNode(this.context, { frequency });
    node.start();
    return node;
  }

  #loudness(microphone) {
    const curve = Float32Array.from({ length: POINTS }, (_, k) => Math.abs((2 * k) / (POINTS - 1) - 1));
    const rectified = new WaveShaperNode(this.context, { curve });
    const slow = new BiquadFilterNode(this.context, { type: "lowpass", frequency: 8, Q: -6 });
    const level = new GainNode(this.context, { gain: LOUD });
    rectified.connect(slow).connect(level);
    this.chain = [rectified, slow];
    microphone.then(
      (node) => {
        if (!this.chain?.includes(rectified)) return;
        node.connect(rectified);
        this.chain.push({ disconnect: () => node.disconnect(rectified) });
      },
      () => {},
    ); // it was said why
    return level;
  }

  /** A curve is set once in a shaper's life, so each has its own. */
  #bend(base) {
    const middle = this.scale.position(base),
      { depth } = this;
    this.base = base;
    const curve = Float32Array.from(
      { length: POINTS },
      (_, k) => this.scale.value(middle + depth * ((2 * k) / (POINTS - 1) - 1)) - base,
    );
    const shaper = new WaveShaperNode(this.context, { curve });
    this.source.connect(shaper);
    shaper.connect(this.parameter);
    shaper.connect(this.seen);
    if (this.shaper) {
      this.source.disconnect(this.shaper);
      this.shaper.disconnect();
    }
    this.shaper = shaper;
  }
}

/** The moves of a network's controls, by name. */
export class Moves {
  #moves = new Map();

  /** microphone(): a promise of its node. */
  constructor(context, net, microphone, moved) {
    this.context = context;
    this.net = net;
    this.microphone = microphone;
    for (const [name, move] of Object.entries(moved)) this.set(name, move);
    this.listener = () => this.#follow();
    net.addEventListener("values", this.listener);
  }

  set(name, moved) {
    if (!this.#moves.has(name)) {
      const entry = words[this.net.model].settings.find((setting) => setting.name === name);
      this.#moves.set(name, new Move(this.context, this.net.parameters.get(name), new Scale(entry)));
    }
    const node = moved.by === "microphone" ? this.microphone() : undefined;
    this.#moves.get(name).set(moved, this.net.values[name], node);
  }

  /** Where a control is set anew, it moves around that. */
  #follow() {
    for (const [name, move] of this.#moves) move.around(this.net.values[name]);
  }

  /** [name, where it is now] of each; undefined where it stands still. */
  *now() {
    for (const [name, move] of this.#moves) yield [name, move.now()];
  }

  end() {
    this.net.removeEventListener("values", this.listener);
    for (const move of this.#moves.values()) move.end();
  }
}
