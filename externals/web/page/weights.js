// All weights of a network as bars that are learnt while one looks, and drawn by mouse, finger or keys.
import { calm, colours, Picture } from "./canvas.js";

const PAD = 0.9; // of the half height, for the largest
const STEP = 0.05; // of what a key moves
const LEAST = 0.5; // what is full height at least

export class Weights {
  ondescribe; // (text): what is under the pointer

  /** draw(first, values): a stroke over neighbouring weights. */
  constructor(canvas, draw) {
    this.canvas = canvas;
    this.stroke = draw;
    this.numbers = new Float64Array(0);
    this.parts = [];
    this.at = 0;
    this.range = 1;
    this.picture = new Picture(canvas);
    canvas.addEventListener("pointerdown", (event) => this.#down(event));
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (this.last = undefined));
    canvas.addEventListener("keydown", (event) => this.#key(event));
    canvas.addEventListener("focus", () => this.#say());
    for (const away of ["blur", "pointerleave"]) canvas.addEventListener(away, () => this.ondescribe?.(""));
  }

  /** tensors: {name: {shape, numbers}}, as a box tells them. */
  take(tensors) {
    this.parts = Object.entries(tensors).map(([name, { numbers }]) => ({ name, count: numbers.length }));
    this.numbers = Float64Array.from(Object.values(tensors).flatMap(({ numbers }) => [...numbers]));
    this.at = Math.min(this.at, Math.max(0, this.numbers.length - 1));
    let largest = LEAST;
    for (const number of this.numbers) largest = Math.max(largest, Math.abs(number));
    if (this.last === undefined) this.range += (largest - this.range) * (calm.matches ? 1 : 0.1); // a hand wants it still
    if (document.activeElement === this.canvas) this.#say();
  }

  draw() {
    const { pen, width, height } = this.picture,
      { numbers, range } = this,
      wide = width / numbers.length;
    pen.clearRect(0, 0, width, height);
    let first = 0;
    for (const [k, { count }] of this.parts.entries()) {
      if (k % 2) {
        pen.fillStyle = colours.line;
        pen.globalAlpha = 0.35;
        pen.fillRect(first * wide, 0, count * wide, height);
        pen.globalAlpha = 1;
      }
      first += count;
    }
    pen.fillStyle = colours.accent;
    const gap = wide > 4 ? 1 : 0;
    for (let k = 0; k < numbers.length; ++k) {
      const tall = (numbers[k] / range) * PAD * (height / 2);
      pen.fillRect(k * wide, height / 2, Math.max(0.5, wide - gap), -tall);
    }
    pen.fillStyle = colours.faint;
    pen.fillRect(0, height / 2, width, 1);
    if (document.activeElement === this.canvas && numbers.length) {
      pen.strokeStyle = colours.text;
      pen.strokeRect(this.at * wide, 1, Math.max(2, wide), height - 2);
    }
  }

  /** [index, value] under the pointer. */
  #under(event) {
    const box = this.canvas.getBoundingClientRect(),
      { length } = this.numbers;
    const index = Math.floor(((event.clientX - box.left) / box.width) * length);
    const value = ((1 - (2 * (event.clientY - box.top)) / box.height) * this.range) / PAD;
    return [Math.max(0, Math.min(length - 1, index)), value];
  }

  #down(event) {
    if (!this.numbers.length || event.button) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.last = this.#under(event);
    this.#draw(...this.last, ...this.last);
  }

  #move(event) {
    if (this.numbers.length) this.ondescribe?.(this.#describe(this.#under(event)[0]));
    if (this.last === undefined) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) {
      const now = this.#under(each);
      this.#draw(...this.last, ...now);
      this.last = now;
    }
  }

  /** A line from where the pointer was to where it is. */
  #draw(from, fromValue, to, toValue) {
    const first = Math.min(from, to),
      count = Math.abs(to - from) + 1;
    const values = Array.from({ length: count }, (_, k) => {
      const share = count > 1 ? Math.abs(first + k - from) / (count - 1) : 1;
      return Number((fromValue + share * (toValue - fromValue)).toPrecision(4));
    });
    this.numbers.set(values, first);
    this.at = to;
    this.stroke(first, values);
  }

  #key(event) {
    const { length } = this.numbers;
    const go = { ArrowLeft: -1, ArrowRight: 1, Home: -length, End: length }[event.key];
    const lift = { ArrowUp: STEP, ArrowDown: -STEP, PageUp: 5 * STEP, PageDown: -5 * STEP }[event.key];
    if (!length || (go === undefined && lift === undefined)) return;
    event.preventDefault();
    if (go) this.at = Math.max(0, Math.min(length - 1, this.at + go));
    else {
      const value = this.numbers[this.at] + lift * this.range;
      this.#draw(this.at, value, this.at, value);
    }
    this.#say();
  }

  /** As a slider of the weight that the keys have come to. */
  #say() {
    const { length } = this.numbers;
    if (!length) return;
    this.canvas.setAttribute("aria-valuemax", length);
    this.canvas.setAttribute("aria-valuenow", this.at + 1);
    this.canvas.setAttribute("aria-valuetext", this.#describe(this.at));
    this.ondescribe?.(this.#describe(this.at));
  }

  /** "layer1.bias 3 of 8: 0.25" */
  #describe(index) {
    let at = index;
    for (const { name, count } of this.parts) {
      if (at < count) return `${name} ${at + 1} of ${count}: ${this.numbers[index].toPrecision(3)}`;
      at -= count;
    }
    return "";
  }
}
