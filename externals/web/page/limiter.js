// Never louder than CEILING, whatever comes: it looks AHEAD, so that it need not clip. It also hands
// over what it is given, to be recorded: the samples as they were.

const CEILING = 0.7;
const AHEAD = 0.005; // seconds
const RELEASE = 0.15; // seconds
const CHUNK = 4096; // samples recorded at a time

class Limiter extends AudioWorkletProcessor {
  constructor() {
    super();
    this.length = Math.round(AHEAD * sampleRate);
    this.late = [new Float32Array(this.length), new Float32Array(this.length)];
    this.needed = new Float32Array(this.length).fill(1); // the gain that each sample waits for
    this.at = 0;
    this.gain = 1;
    this.fall = 0;
    this.port.onmessage = ({ data }) => this.#record(data.record);
  }

  process([heard], [said]) {
    const n = said[0].length,
      rise = 1 - Math.exp(-1 / (RELEASE * sampleRate));
    const [left, right = left] = heard;
    for (let k = 0; k < n; ++k) this.#sample(left?.[k] ?? 0, right?.[k] ?? 0, said, k, rise);
    if (this.chunk) this.#keep(left, right, n);
    return true;
  }

  #sample(left, right, said, k, rise) {
    const peak = Math.max(Math.abs(left), Math.abs(right));
    const sound = Number.isFinite(peak);
    const needed = sound && peak > CEILING ? CEILING / peak : 1;
    // come down in equal steps, to be there when that sample leaves
    if (needed < this.gain) this.fall = Math.max(this.fall, (this.gain - needed) / this.length);
    this.needed[this.at] = needed;
    this.lowest = this.#lowest(needed);
    this.gain =
      this.gain > this.lowest
        ? Math.max(this.lowest, this.gain - this.fall)
        : this.gain + (this.lowest - this.gain) * rise;
    if (this.gain <= this.lowest) this.fall = 0;
    const next = (this.at + 1) % this.length; // the oldest
    this.late[0][this.at] = sound ? left : 0;
    this.late[1][this.at] = sound ? right : 0;
    const gain = Math.min(this.gain, this.needed[next]);
    said[0][k] = this.late[0][next] * gain;
    said[1][k] = this.late[1][next] * gain;
    this.at = next;
  }

  /** Of all that wait. */
  #lowest(newest) {
    if (newest <= (this.lowest ?? 1)) return newest;
    if (this.lowest === 1) return 1;
    let lowest = 1;
    for (const needed of this.needed) if (needed < lowest) lowest = needed;
    return lowest;
  }

  #record(on) {
    if (!on && this.chunk) this.#send(true);
    this.chunk = on ? [new Float32Array(CHUNK), new Float32Array(CHUNK)] : undefined;
    this.filled = 0;
  }

  #keep(left, right, n) {
    for (let k = 0; k < n; ++k) {
      this.chunk[0][this.filled] = left?.[k] ?? 0;
      this.chunk[1][this.filled] = right?.[k] ?? 0;
      if (++this.filled === CHUNK) this.#send(false);
    }
  }

  #send(last) {
    this.port.postMessage({ rows: this.chunk.map((row) => row.slice(0, this.filled)), last });
    this.filled = 0;
  }
}

registerProcessor("limiter", Limiter);
