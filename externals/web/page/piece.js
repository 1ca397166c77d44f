// A piece: the nodes of one score, at work. It is built, listened to, and ended.
import { highpass, leakDc, lowpass, tanh } from "./filters.js";
import { Hand, HANDS } from "./hand.js";
import { Moves } from "./moves.js";
import { boxWords, RING_DELAY } from "./scores.js";
import { Signal } from "./signals.js";

const RING_LEVEL = 0.45; // so that no seed of 1..10 is too loud
const UNLEARN_LEVEL = 0.8;
const LEVEL = 0.5; // of what one network hears and says

export class Piece {
  /**
   * @param stage context, specml (what `load` returned), microphone(), sounds: of files, by inlet
   * @param score one of scores.js
   * @param state told: for each network, what differs from the score, {name: value}; moves: for
   *   each {name: {by, rate, depth}}; hears: for each input {kind, hz}
   * @param file bytes of a state file to begin with
   */
  constructor(stage, score, { told, moves, hears }, file) {
    this.stage = stage;
    this.score = score;
    const { context } = stage;
    this.#make(told, file);
    /** @type {GainOptions} */
    const alone = { channelCount: 1, channelCountMode: "explicit" }; // of two channels the mean
    this.inlets = hears.map(() => new GainNode(context, alone));
    this.signals = [];
    this.open = []; // the inlets that have a microphone
    hears.forEach((signal, k) => this.hear(k, signal));
    this.left = new GainNode(context);
    this.right = new GainNode(context);
    this.leave = new ChannelMergerNode(context, { numberOfInputs: 2 });
    this.left.connect(this.leave, 0, 0);
    this.right.connect(this.leave, 0, 1);
    if (score.networks > 1) this.#ring();
    else if (score.model === "unlearn") this.#unlearn();
    else this.#network();
    this.wires = new Map(Object.entries(file ? {} : score.moved).map((moved) => this.#move(...moved)));
    this.moves = this.nets.map((net, k) => new Moves(context, net, stage.microphone, moves[k]));
    this.hand = score.hand && !file ? new Hand(this.nets[0], score.seed, context) : undefined;
    for (const name of Object.keys(told[0])) this.cut(name);
  }

  /** All networks, or an error and none. */
  #make(told, file) {
    const { stage, score } = this;
    this.nets = [];
    try {
      for (let k = 0; k < score.networks; ++k)
        this.nets.push(stage.specml.node(score.model, file ? "" : boxWords(score, k, told[k]), { state: file }));
    } catch (error) {
      for (const net of this.nets) net.end();
      throw error;
    }
  }

  /** Lets inlet k hear another signal. */
  hear(k, { kind, hz, until }) {
    this.signals[k]?.end();
    const { context, microphone, sounds } = this.stage;
    this.open[k] = kind === "microphone";
    this.#monitor();
    this.inlets[k].gain.cancelScheduledValues(0);
    this.inlets[k].gain.value = 1;
    if (kind === "microphone") {
      this.signals[k] = undefined;
      const wanted = (this.signals[k] = { end() {} });
      microphone().then(
        (node) => {
          if (this.signals[k] === wanted)
            this.signals[k] = new Signal(context, this.inlets[k], { kind, microphone: node });
        },
        () => {},
      ); // it was said why
      return;
    }
    const seed = this.score.seed;
    this.signals[k] = new Signal(context, this.inlets[k], { kind, hz, seed, buffer: sounds[k] });
    if (until) this.inlets[k].gain.setValueAtTime(0, context.currentTime + until);
  }

  /** What a control is now, as far as it is not moved by sound. */
  now(name) {
    const [offset] = this.wires.get(name);
    return this.nets[0].values[name] + offset.offset.value;
  }

  /** Takes the score's hand off a control, or off the weights. */
  cut(name) {
    if (HANDS.has(name)) this.hand?.end();
    for (const node of this.wires.get(name) ?? []) node.disconnect();
    this.wires.delete(name);
  }

  end() {
    this.hand?.end();
    for (const signal of this.signals) signal.end();
    for (const moves of this.moves) moves.end();
    for (const name of [...this.wires.keys()]) this.cut(name);
    for (const net of this.nets) {
      net.disconnect();
      net.end();
    }
    this.heard.disconnect();
    this.said.disconnect();
    this.leave.disconnect();
  }

  #network() {
    const { context } = this.stage,
      [net] = this.nets;
    const level = 1 / this.inlets.length;
    this.heard = new GainNode(context, { gain: level });
    this.inlets.forEach((inlet, k) => {
      inlet.connect(net, 0, k);
      inlet.connect(this.heard);
    });
    this.said = net; // its first output
    const says = new GainNode(context, { gain: LEVEL });
    this.aloud = new GainNode(context);
    net.connect(leakDc(context)).connect(highpass(context, 20)).connect(says).connect(this.right);
    if (this.score.alone) says.connect(this.left);
    else this.heard.connect(this.aloud).connect(this.left);
    this.#monitor();
  }

  /** A microphone is not played: it would hear itself. */
  #monitor() {
    if (this.aloud) this.aloud.gain.value = this.open.includes(true) ? 0 : LEVEL;
  }

  #unlearn() {
    const { context } = this.stage,
      [net] = this.nets;
    this.heard = this.inlets[0];
    this.inlets[0].connect(net);
    const level = new GainNode(context, { gain: UNLEARN_LEVEL });
    const split = new ChannelSplitterNode(context, { numberOfOutputs: 2 });
    net.connect(leakDc(context)).connect(level).connect(split);
    split.connect(this.left, 0);
    split.connect(this.right, 1);
    this.said = level;
  }

  /** Three networks, each hearing the one before. */
  #ring() {
    const { context } = this.stage,
      [one, two, three] = this.nets;
    const late = new DelayNode(context, { delayTime: RING_DELAY / context.sampleRate });
    const entry = highpass(context, 2),
      bend = tanh(context);
    this.heard = this.inlets[0];
    this.inlets[0].connect(entry);
    late.connect(entry);
    entry.connect(bend.enter);
    bend.leave.connect(one);
    one.connect(highpass(context, 2)).connect(two);
    two.connect(highpass(context, 2)).connect(three);
    three.connect(late);
    two.connect(lowpass(context, 10)).connect(late);
    this.#splay([this.left, 1, 0], [this.left, Math.SQRT1_2, 1], [this.right, Math.SQRT1_2, 1], [this.right, 1, 2]);
    this.said = this.leave;
  }

  /** Spreads three signals over two channels at equal power, without DC. */
  #splay(...ways) {
    const { context } = this.stage;
    for (const [side, share, k] of ways) {
      const gain = new GainNode(context, { gain: RING_LEVEL * Math.sqrt(1 / 3) * share });
      this.nets[k].connect(leakDc(context)).connect(highpass(context, 20)).connect(gain).connect(side);
    }
  }

  /**
   * Moves a control as the score says: by what is heard, over some seconds, or until a moment.
   * @returns {[string, [ConstantSourceNode, ...AudioNode[]]]}
   */
  #move(name, { by, low, high, from, to, seconds, until }) {
    const { context } = this.stage,
      [net] = this.nets,
      nodes = [];
    const offset = new ConstantSourceNode(context, { offset: by ? (low + high) / 2 : from });
    if (by) {
      const depth = new GainNode(context, { gain: (high - low) / 2 });
      this.inlets[0].connect(depth).connect(net.parameters.get(name));
      nodes.push(depth);
    }
    if (seconds) {
      offset.offset.setValueAtTime(from, context.currentTime);
      offset.offset.linearRampToValueAtTime(to, context.currentTime + seconds);
    }
    if (until) offset.offset.setValueAtTime(0, context.currentTime + until);
    offset.connect(net.parameters.get(name));
    offset.start();
    return [name, [offset, ...nodes]];
  }
}
