// An oscilloscope: thin what the network hears, bold what is said.
import { colours, Picture } from "./canvas.js";

const MILLISECONDS = 30;

export class Scope {
  constructor(canvas, output) {
    this.picture = new Picture(canvas);
    this.output = output;
    this.heard = new Float32Array(output.heard.fftSize);
    this.said = new Float32Array(output.said.fftSize);
  }

  draw() {
    const { pen, width, height } = this.picture;
    pen.clearRect(0, 0, width, height);
    pen.strokeStyle = colours.line;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(0, Math.round(height / 2) + 0.5);
    pen.lineTo(width, Math.round(height / 2) + 0.5);
    pen.stroke();
    const { heard, said } = this,
      count = this.#read();
    const first = rising(heard.some((x) => x !== 0) ? heard : said, said.length - count); // both begin there
    this.#trace(heard, first, count, colours.faint, 1);
    this.#trace(said, first, count, colours.accent, 2);
  }

  /** How many samples are shown. */
  #read() {
    const { output, heard, said } = this;
    output.heard.getFloatTimeDomainData(heard);
    output.said.getFloatTimeDomainData(said);
    return Math.min(said.length / 2, Math.round((MILLISECONDS / 1000) * output.context.sampleRate));
  }

  #trace(samples, first, count, colour, thickness) {
    const { pen, width, height } = this.picture;
    pen.strokeStyle = colour;
    pen.lineWidth = thickness;
    pen.lineJoin = "round";
    pen.beginPath();
    for (let k = 0; k < count; ++k)
      pen.lineTo((k / (count - 1)) * width, (height / 2) * (1 - 0.94 * Math.max(-1, Math.min(1, samples[first + k]))));
    pen.stroke();
  }
}

/** Where the picture begins, so that it stands still: where a wave rises through 0. */
function rising(samples, until) {
  for (let k = 1; k < until; ++k) if (samples[k - 1] < 0 && samples[k] >= 0) return k;
  return 0;
}
