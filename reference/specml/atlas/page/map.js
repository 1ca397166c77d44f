// The map: points on two axes, what is under the hand, and which row is chosen.
import { draw as drawAxes, PAD } from "atlas/axes.js";
import { Nearest, neighbour } from "atlas/nearest.js";
import { pixel, radiusOf, Scatter } from "atlas/scatter.js";
import { ticks, units } from "atlas/scale.js";
import { View } from "atlas/view.js";

const GOLDEN = Math.PI * (3 - Math.sqrt(5)); // radians

/** How many rows before each lie at the very same place; null if none does. */
function turns(x, y) {
  const made = new Uint32Array(x.length),
    places = new Map();
  for (let k = 0; k < x.length; ++k) {
    const place = `${x[k]} ${y[k]}`;
    made[k] = places.get(place) ?? 0;
    places.set(place, made[k] + 1);
  }
  return places.size < x.length ? made : null;
}

export class Map2D {
  /** @param box holds the canvases; #points is drawn into, #marks lies above and takes hands and keys */
  constructor(box) {
    this.box = box;
    this.marks = box.querySelector("#marks");
    this.scatter = new Scatter(box.querySelector("#points"));
    this.view = new View();
    this.chosen = this.under = -1;
    new ResizeObserver(() => this.resize()).observe(box);
  }

  /** What is shown: axes {name, unit, scale, values}, colours {index, paint}, shown rows, an order of drawing. */
  show({ x, y, index, paint, shown }) {
    if (x !== this.x) this.ux = units(x.scale, x.values);
    if (y !== this.y) this.uy = units(y.scale, y.values);
    if (x !== this.x || y !== this.y) {
      this.view.all();
      this.turn = turns(this.ux, this.uy);
    }
    Object.assign(this, { x, y, index, paint, shown });
    this.redraw();
  }

  resize() {
    this.ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    this.width = Math.max(1, this.box.clientWidth - PAD.left - PAD.right);
    this.height = Math.max(1, this.box.clientHeight - PAD.top - PAD.bottom);
    const { canvas } = this.scatter.context;
    canvas.width = Math.round(this.width * this.ratio);
    canvas.height = Math.round(this.height * this.ratio);
    this.marks.width = Math.round(this.box.clientWidth * this.ratio);
    this.marks.height = Math.round(this.box.clientHeight * this.ratio);
    if (this.x) this.redraw();
  }

  /** Where the rows are now, in pixels of the canvas of points. */
  #place() {
    const { width, height } = this.scatter.context.canvas,
      { x0, x1, y0, y1 } = this.view;
    const n = this.ux.length,
      right = width / (x1 - x0),
      up = height / (y1 - y0);
    if (this.px?.length !== n) [this.px, this.py] = [new Float32Array(n), new Float32Array(n)];
    let seen = 0;
    const apart = this.turn && 1.3 * this.ratio * (this.radius ?? 4);
    for (let k = 0; k < n; ++k) {
      this.px[k] = (this.ux[k] - x0) * right;
      this.py[k] = (y1 - this.uy[k]) * up;
      if (this.turn?.[k]) {
        const far = apart * Math.sqrt(this.turn[k]),
          angle = this.turn[k] * GOLDEN;
        this.px[k] += far * Math.cos(angle);
        this.py[k] += far * Math.sin(angle);
      }
      seen += this.shown[k] && this.px[k] >= 0 && this.px[k] < width && this.py[k] >= 0 && this.py[k] < height;
    }
    this.seen = seen;
  }

  /** Draws all, and says how many milliseconds that took. */
  redraw() {
    if (!this.x || !this.width) return 0;
    const begun = performance.now(),
      { width, height } = this.scatter.context.canvas;
    this.#place();
    const { seen } = this,
      radius = radiusOf(seen, this.width * this.height);
    if (this.turn && radius !== this.radius) {
      this.radius = radius;
      this.#place(); // what lies at one place is spread by the size of a point
    }
    this.radius = radius;
    this.near = null; // made when a hand asks for it
    const look = this.#look();
    this.axes = {
      x: ticks(this.x.scale, this.view.x0, this.view.x1, Math.max(3, this.width / 90)),
      y: ticks(this.y.scale, this.view.y0, this.view.y1, Math.max(3, this.height / 70)),
    };
    this.scatter.draw({
      x: this.px,
      y: this.py,
      shown: this.shown,
      index: this.index,
      paint: this.paint,
      radius: this.radius * this.ratio,
      lines: {
        x: this.axes.x.map(({ at }) => Math.min(width - 1, Math.max(0, Math.round(this.#across(at) * width)))),
        y: this.axes.y.map(({ at }) => Math.min(height - 1, Math.max(0, Math.round((1 - this.#upward(at)) * height)))),
      },
      look: { ground: pixel(look.ground), line: pixel(look.line) },
    });
    this.mark();
    return (this.took = performance.now() - begun);
  }

  #look() {
    const style = getComputedStyle(this.box);
    return Object.fromEntries(
      ["ground", "line", "soft", "text", "accent"].map((name) => [
        name,
        style.getPropertyValue(`--map-${name}`).trim(),
      ]),
    );
  }

  #across = (unit) => (unit - this.view.x0) / (this.view.x1 - this.view.x0);
  #upward = (unit) => (unit - this.view.y0) / (this.view.y1 - this.view.y0);

  /** Axes, and rings around the row under the hand and the chosen one. */
  mark() {
    const context = this.marks.getContext("2d"),
      look = this.#look();
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, this.box.clientWidth, this.box.clientHeight);
    drawAxes(context, {
      width: this.width,
      height: this.height,
      look,
      x: { ...this.x, ticks: this.axes.x.map(({ at, text }) => ({ at: this.#across(at), text })) },
      y: { ...this.y, ticks: this.axes.y.map(({ at, text }) => ({ at: this.#upward(at), text })) },
    });
    context.save();
    context.beginPath();
    context.rect(PAD.left, PAD.top, this.width, this.height);
    context.clip();
    if (this.under >= 0 && this.under !== this.chosen) this.#ring(context, this.under, look.text, 1.5);
    if (this.chosen >= 0) this.#ring(context, this.chosen, look.accent, 3);
    context.restore();
  }

  #ring(context, row, colour, wide) {
    const x = PAD.left + this.px[row] / this.ratio,
      y = PAD.top + this.py[row] / this.ratio;
    for (const [style, more] of [
      [this.#look().ground, 3],
      [colour, 0],
    ]) {
      context.beginPath();
      context.arc(x, y, this.radius + 4, 0, 2 * Math.PI);
      context.lineWidth = wide + more;
      context.strokeStyle = style;
      context.stroke();
    }
  }

  /** Closer by a factor, around the chosen row if it is seen. */
  closer(factor) {
    const row = this.chosen,
      at = row < 0 ? [] : [this.#across(this.ux[row]), this.#upward(this.uy[row])];
    this.view.zoom(factor, ...(at.every((share) => share >= 0 && share <= 1) ? at : []));
    this.redraw();
  }

  whole() {
    this.view.all();
    this.redraw();
  }

  /** The row at a place of the box, in pixels of the page, or -1. */
  at(left, top) {
    const { width, height } = this.scatter.context.canvas;
    this.near ??= new Nearest(this.px, this.py, this.shown, width, height);
    return this.near.at((left - PAD.left) * this.ratio, (top - PAD.top) * this.ratio);
  }

  /** A place of the box as shares of the map: from the left, from below. */
  shares = (left, top) => [(left - PAD.left) / this.width, 1 - (top - PAD.top) / this.height];

  /** The chosen row's neighbour to a side, or the first that is shown. */
  beside(dx, dy) {
    if (this.chosen < 0 || !this.shown[this.chosen]) return this.shown.indexOf(1);
    return neighbour(this.px, this.py, this.shown, this.chosen, dx, dy);
  }

  choose(row) {
    this.chosen = row;
    const { x0, y0 } = this.view;
    if (row >= 0) this.view.show(this.ux[row], this.uy[row]);
    if (this.view.x0 !== x0 || this.view.y0 !== y0) this.redraw();
    else this.mark();
  }
}
