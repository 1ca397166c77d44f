// A spectrogram that wanders to the left; low tones are below, octaves are equally high.
import { colours, Picture, rgb } from "./canvas.js";

const LOWEST = 40; // Hz
const QUIETEST = -96,
  LOUDEST = -20; // dB
const SPEED = 60; // CSS pixels a second
const MARKS = [100, 1000, 10000]; // Hz

export class Spectrogram {
  constructor(canvas, output) {
    this.picture = new Picture(canvas);
    this.analyser = output.said;
    this.levels = new Float32Array(this.analyser.frequencyBinCount);
    this.moved = 0;
    this.picture.onfit = () => this.#clear();
  }

  draw(seconds, sounds) {
    const { pen, canvas, ratio } = this.picture;
    if (this.scheme !== colours.changed) this.#clear();
    if (!sounds) return;
    this.moved += seconds * SPEED * ratio;
    const columns = Math.floor(this.moved);
    if (!columns) return;
    this.moved -= columns;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(canvas, -columns, 0);
    pen.putImageData(this.#column(columns), canvas.width - columns, 0);
  }

  #column(columns) {
    const { height } = this.picture.canvas,
      { analyser, levels } = this;
    analyser.getFloatFrequencyData(levels);
    const image = new ImageData(columns, height),
      perBin = analyser.context.sampleRate / analyser.fftSize;
    const top = analyser.context.sampleRate / 2 / LOWEST;
    for (let y = 0; y < height; ++y) {
      const low = (LOWEST * top ** (1 - (y + 1) / height)) / perBin,
        high = (LOWEST * top ** (1 - y / height)) / perBin;
      let level = levels[Math.round(low)];
      for (let k = Math.round(low) + 1; k < high && k < levels.length; ++k) level = Math.max(level, levels[k]);
      const at = Math.max(0, Math.min(1, (level - QUIETEST) / (LOUDEST - QUIETEST)));
      const colour = this.palette[Math.round(255 * (Number.isFinite(at) ? at : 0))];
      for (let x = 0; x < columns; ++x) image.data.set(colour, 4 * (y * columns + x));
    }
    return image;
  }

  #clear() {
    const { pen, canvas } = this.picture;
    this.scheme = colours.changed;
    const stops = [colours.raised, colours.accent, colours.text].map(rgb);
    this.palette = Array.from({ length: 256 }, (_, k) => {
      const at = (k / 255) ** 1.8 * 2,
        from = stops[Math.min(1, Math.floor(at))],
        to = stops[Math.min(2, Math.floor(at) + 1)];
      return [...from.map((low, c) => low + (to[c] - low) * (at % 1 || (at === 2 ? 1 : 0))), 255];
    });
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = colours.raised;
    pen.fillRect(0, 0, canvas.width, canvas.height);
  }
}

/** Where marks stand, from the top: [Hz, share of the height]. */
export function marks(sampleRate) {
  const octaves = Math.log(sampleRate / 2 / LOWEST);
  return MARKS.map((hz) => [hz, 1 - Math.log(hz / LOWEST) / octaves]);
}
