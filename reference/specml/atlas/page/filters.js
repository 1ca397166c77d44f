// What is shown at all: chips for names, and for every number a histogram between two handles.
import { made } from "atlas/dom.js";
import { from, scaleOf, units, written } from "atlas/scale.js";

const BARS = 60;
const STEPS = 1000;

/** Chips for names, in their colours; calls back with the set of codes that are on. */
export function chips(names, label, colours, changed) {
  const on = new Set(names.map((_, k) => k));
  const buttons = names.map((name, k) => {
    const button = made("button", { type: "button", className: "chip", ariaPressed: "true" }, name);
    button.prepend(made("i", { style: `background:${colours[k]}` }));
    button.addEventListener("click", () => {
      if (on.size === names.length) on.clear(); // the first click leaves this one alone
      if (!on.delete(k)) on.add(k);
      if (on.size) tell();
      else all();
    });
    return button;
  });
  const tell = () => {
    buttons.forEach((button, k) => (button.ariaPressed = String(on.has(k))));
    changed(on);
  };
  const element = made(
    "div",
    { className: "chips", role: "group", ariaLabel: label },
    made("span", { className: "label" }, label),
    ...buttons,
  );
  const all = () => {
    names.forEach((_, k) => on.add(k));
    tell();
  };
  return {
    element,
    on,
    all,
    get isAll() {
      return on.size === names.length;
    },
  };
}

/** A range of one column, with two handles. */
export class Range {
  constructor({ name, unit, line, log }, values, changed) {
    this.values = values;
    this.scale = scaleOf(values, log, 0);
    this.said = made("span", { className: "number" });
    this.ends = ["least", "most"].map((which, k) =>
      made("input", { type: "range", min: 0, max: STEPS, value: k * STEPS, ariaLabel: `${which} ${name}` }),
    );
    this.bars = made("canvas", { width: BARS * 4, height: 60, ariaHidden: "true" });
    const label = made(
      "div",
      { className: "head", title: line },
      made("b", {}, name),
      unit ? made("small", {}, unit) : "",
      this.said,
    );
    this.element = made(
      "div",
      { className: "range" },
      label,
      made("div", { className: "brush" }, this.bars, ...this.ends),
    );
    for (const end of this.ends)
      end.addEventListener("input", () => {
        const [low, high] = this.ends.map(({ valueAsNumber }) => valueAsNumber);
        if (low > high) end.value = end === this.ends[0] ? high : low;
        this.draw();
        changed();
      });
    this.#count();
    this.draw();
  }

  #count() {
    this.heights = new Float32Array(BARS);
    for (const unit of units(this.scale, this.values))
      if (Number.isFinite(unit)) ++this.heights[Math.min(BARS - 1, Math.floor(unit * BARS))];
    const most = Math.max(1, ...this.heights);
    this.heights = this.heights.map((many) => Math.sqrt(many / most));
  }

  get shares() {
    return this.ends.map(({ valueAsNumber }) => valueAsNumber / STEPS);
  }

  /** [values, low, high], or null while all pass. */
  get filter() {
    const [low, high] = this.shares;
    if (low <= 0 && high >= 1) return null;
    return [this.values, low <= 0 ? -Infinity : from(this.scale, low), high >= 1 ? Infinity : from(this.scale, high)];
  }

  reset() {
    this.ends.forEach((end, k) => (end.value = k * STEPS));
    this.draw();
  }

  draw() {
    const [low, high] = this.shares,
      context = this.bars.getContext("2d"),
      style = getComputedStyle(document.documentElement);
    this.said.textContent = `${written(from(this.scale, low), 3)} to ${written(from(this.scale, high), 3)}`;
    this.ends.forEach((end, k) => (end.ariaValueText = written(from(this.scale, [low, high][k]), 3)));
    context.clearRect(0, 0, BARS * 4, 60);
    this.heights.forEach((height, k) => {
      const within = k + 1 > low * BARS && k < high * BARS;
      context.fillStyle = style.getPropertyValue(within ? "--accent" : "--line");
      context.fillRect(k * 4, 60 - height * 58, 3, height * 58);
    });
  }
}
