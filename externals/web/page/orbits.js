// Unlearn: its weights as points that circle (weight to the right, velocity upwards), and its delay
// network: a ring of neurons, an edge for each that is heard, with what is on its way to be heard.
import { calm, colours, Picture } from "./canvas.js";

const TRAIL = 0.6; // seconds in which a point's trail fades
const SLOWED = 40; // times: 50 ms of delay are 2 s for the eye
const MANY = 512; // edges; of more, only lines are drawn

export class Orbits {
  constructor(canvas) {
    this.picture = new Picture(canvas);
    this.far = 0.01;
    this.fast = 0.01;
    this.before = this.now = undefined;
  }

  take({ w, v }) {
    this.before = this.now ?? { w: w.numbers, v: v.numbers };
    if (this.before.w.length !== w.numbers.length) this.before = { w: w.numbers, v: v.numbers };
    this.now = { w: w.numbers, v: v.numbers };
    this.passed = 0;
  }

  draw(seconds) {
    const { pen, width, height } = this.picture;
    // what is older fades
    pen.globalCompositeOperation = "destination-out";
    pen.globalAlpha = calm.matches ? 1 : 1 - Math.exp(-seconds / (TRAIL / 3));
    pen.fillRect(0, 0, width, height);
    pen.globalCompositeOperation = "source-over";
    pen.globalAlpha = 1;
    if (!this.now) return;
    this.passed += seconds;
    const share = calm.matches ? 1 : Math.min(1, this.passed * 30); // between two looks
    const { before, now } = this;
    let far = 1e-6,
      fast = 1e-6;
    pen.fillStyle = colours.accent;
    for (let k = 0; k < now.w.length; ++k) {
      const w = before.w[k] + share * (now.w[k] - before.w[k]),
        v = before.v[k] + share * (now.v[k] - before.v[k]);
      far = Math.max(far, Math.abs(w));
      fast = Math.max(fast, Math.abs(v));
      const x = width * (0.5 + (0.46 * w) / this.far),
        y = height * (0.5 - (0.46 * v) / this.fast);
      pen.beginPath();
      pen.arc(x, y, 2, 0, 2 * Math.PI);
      pen.fill();
    }
    this.far += (far - this.far) * 0.05;
    this.fast += (fast - this.fast) * 0.05;
  }
}

export class Ring {
  constructor(canvas) {
    this.picture = new Picture(canvas);
    this.time = 0;
  }

  take({ w, source, delay }, samplerate) {
    Object.assign(this, { w: w.numbers, rows: w.shape[1], source: source.numbers, inputs: source.shape[1] });
    this.delay = delay.numbers.map((samples) => samples / samplerate);
    this.neurons = source.shape[0];
  }

  draw(seconds) {
    const { pen, width, height } = this.picture;
    pen.clearRect(0, 0, width, height);
    if (!this.neurons) return;
    this.time += calm.matches ? 0 : seconds;
    const size = 0.5 * Math.min(width, height) - 14;
    const place = (k) => {
      const angle = (2 * Math.PI * k) / this.neurons - Math.PI / 2;
      return [width / 2 + size * Math.cos(angle), height / 2 + size * Math.sin(angle)];
    };
    let largest = 1e-9;
    for (const w of this.w) largest = Math.max(largest, Math.abs(w));
    const few = this.source.length <= MANY;
    for (let k = 0; k < this.source.length; ++k) {
      const neuron = Math.floor(k / this.inputs),
        weight = Math.abs(this.w[neuron * this.rows + (k % this.inputs)]) / largest;
      this.#edge(place(this.source[k]), place(neuron), weight, few ? this.delay[k] : 0);
    }
    pen.globalAlpha = 1;
    pen.fillStyle = colours.text;
    for (let k = 0; k < this.neurons; ++k) {
      pen.beginPath();
      pen.arc(...place(k), 3.5, 0, 2 * Math.PI);
      pen.fill();
    }
  }

  /** As strong as its weight; a dot travels on it as slowly as it is late. */
  #edge([x1, y1], [x2, y2], weight, delay) {
    const { pen, width, height } = this.picture;
    const [mx, my] = [(x1 + x2 + width) / 4, (y1 + y2 + height) / 4]; // bent towards the middle
    pen.strokeStyle = pen.fillStyle = colours.accent;
    pen.globalAlpha = 0.06 + 0.5 * weight;
    pen.lineWidth = 0.6 + 1.4 * weight;
    pen.beginPath();
    if (x1 === x2 && y1 === y2) pen.arc(x1 + (x1 - width / 2) * 0.05, y1 + (y1 - height / 2) * 0.05, 7, 0, 2 * Math.PI);
    else {
      pen.moveTo(x1, y1);
      pen.quadraticCurveTo(mx, my, x2, y2);
    }
    pen.stroke();
    if (!delay) return;
    const at = (this.time / (delay * SLOWED)) % 1,
      back = 1 - at;
    pen.globalAlpha = 0.2 + 0.8 * weight;
    pen.beginPath();
    pen.arc(
      back * back * x1 + 2 * back * at * mx + at * at * x2,
      back * back * y1 + 2 * back * at * my + at * at * y2,
      1.8,
      0,
      2 * Math.PI,
    );
    pen.fill();
  }
}
