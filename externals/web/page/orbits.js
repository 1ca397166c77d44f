// Unlearn: its weights as points that circle (weight to the right, velocity upwards), and its delay
// network: a ring of neurons, an edge for each that is heard, with what is on its way to be heard.
import { calm, colours, Picture } from "./canvas.js";

const TRAIL = 16; // looks that a point's trail is long
const NEAR = 0.3; // of the height: what goes further between two looks leaves dots, no line
const EASE = 0.1; // of the way that the frame goes with each look
const SLOWED = 40; // times: 50 ms of delay are 2 s for the eye
const MANY = 512; // edges; of more, only lines are drawn

export class Orbits {
  constructor(canvas) {
    this.picture = new Picture(canvas);
    this.looks = []; // the newest first
    this.far = this.fast = 0.01; // what is seen of the plane, to each side
  }

  take({ w, v }) {
    if (this.looks[0]?.w.length !== w.numbers.length) this.looks = [];
    this.looks.unshift({ w: w.numbers, v: v.numbers });
    this.looks.length = Math.min(this.looks.length, calm.matches ? 1 : TRAIL);
    this.far += (largest(w.numbers) - this.far) * EASE;
    this.fast += (largest(v.numbers) - this.fast) * EASE;
  }

  draw() {
    const { pen, width, height } = this.picture,
      { looks } = this;
    pen.clearRect(0, 0, width, height);
    pen.strokeStyle = pen.fillStyle = colours.accent;
    pen.lineWidth = 1;
    const x = (w) => width * (0.5 + (0.45 * w) / this.far),
      y = (v) => height * (0.5 - (0.45 * v) / this.fast);
    for (let age = 1; age < looks.length; ++age) {
      const from = looks[age],
        to = looks[age - 1];
      pen.globalAlpha = 0.5 * (1 - age / TRAIL) ** 2;
      pen.beginPath();
      for (let k = 0; k < from.w.length; ++k) {
        const begin = [x(from.w[k]), y(from.v[k])],
          end = [x(to.w[k]), y(to.v[k])];
        const near = Math.hypot(end[0] - begin[0], end[1] - begin[1]) < NEAR * height;
        pen.moveTo(...(near ? begin : [end[0] - 1, end[1]]));
        pen.lineTo(...end);
      }
      pen.stroke();
    }
    pen.globalAlpha = 1;
    const [{ w, v }] = looks.length ? looks : [{ w: [], v: [] }];
    for (let k = 0; k < w.length; ++k) {
      pen.beginPath();
      pen.arc(x(w[k]), y(v[k]), 2, 0, 2 * Math.PI);
      pen.fill();
    }
  }
}

function largest(numbers) {
  let found = 1e-6;
  for (const number of numbers) found = Math.max(found, Math.abs(number));
  return found;
}

export class Ring {
  constructor(canvas) {
    this.picture = new Picture(canvas);
    this.time = 0;
  }

  take({ w, source, delay }, samplerate) {
    this.w = w.numbers;
    this.rows = w.shape[1];
    this.source = source.numbers;
    this.inputs = source.shape[1];
    this.delay = delay.numbers.map((samples) => samples / samplerate);
    this.neurons = source.shape[0];
  }

  draw(seconds) {
    const { pen, width, height } = this.picture;
    pen.clearRect(0, 0, width, height);
    if (!this.neurons) return;
    this.time += calm.matches ? 0 : seconds;
    const size = 0.5 * Math.min(width, height) - 14;
    /** @returns {[number, number]} */
    const place = (k) => {
      const angle = (2 * Math.PI * k) / this.neurons - Math.PI / 2;
      return [width / 2 + size * Math.cos(angle), height / 2 + size * Math.sin(angle)];
    };
    const heaviest = largest(this.w);
    const few = this.source.length <= MANY;
    for (let k = 0; k < this.source.length; ++k) {
      const neuron = Math.floor(k / this.inputs),
        weight = Math.abs(this.w[neuron * this.rows + (k % this.inputs)]) / heaviest;
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
