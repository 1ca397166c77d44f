// What leaves a piece on its way to the ear: a limiter, a recorder, fades, a volume. And what is looked at.

const FADE_IN = 0.6,
  FADE_OUT = 0.25; // seconds
const QUIETEST = -60; // dB, where the volume is 0

export const gainOf = (db) => (db <= QUIETEST ? 0 : 10 ** (db / 20));

export class Output {
  onchunk; // ({rows, last}): what is recorded

  /** After `await Output.prepare(context)`. */
  constructor(context) {
    this.context = context;
    this.enter = new GainNode(context);
    this.limiter = new AudioWorkletNode(context, "limiter", { outputChannelCount: [2] });
    this.fade = new GainNode(context, { gain: 0 });
    this.volume = new GainNode(context, { gain: 0 });
    this.enter.connect(this.limiter).connect(this.fade).connect(this.volume).connect(context.destination);
    this.said = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 });
    this.heard = new AnalyserNode(context, { fftSize: 4096 });
    this.limiter.port.onmessage = ({ data }) => this.onchunk?.(data);
  }

  static prepare(context) {
    return context.audioWorklet.addModule(new URL("limiter.js", import.meta.url));
  }

  setVolume(db) {
    this.volume.gain.setTargetAtTime(gainOf(db), this.context.currentTime, 0.02);
  }

  fadeIn() {
    this.#ramp(1, FADE_IN);
  }

  /** Returns when it is silent. */
  async fadeOut() {
    this.#ramp(0, FADE_OUT);
    if (this.context.state !== "running") return;
    const end = this.context.currentTime + FADE_OUT + 0.02;
    while (this.context.currentTime < end && this.context.state === "running")
      await new Promise((resolve) => setTimeout(resolve, 20));
  }

  #ramp(to, seconds) {
    const { gain } = this.fade,
      now = this.context.currentTime;
    gain.cancelScheduledValues(now);
    gain.setValueAtTime(gain.value, now);
    gain.linearRampToValueAtTime(to, now + seconds);
  }

  /** What the limiter is given goes, sample by sample, to `onchunk`. */
  record(on) {
    this.limiter.port.postMessage({ record: on });
  }
}
