// A field for each setting of a model's table: its name, its unit, its line, its range.
import { fresh, make, select, slider } from "./dom.js";
import { FASTEST, movers, SLOWEST, still } from "./moves.js";
import { rounded, Scale, text } from "./scale.js";

// what only a patch has: arrays, files beside it, outlets
const ELSEWHERE = new Set(["fixed", "keep", "outs", "mc", "preset"]);

export const shown = (settings) => settings.filter(({ name }) => !ELSEWHERE.has(name));

function whole(entry, tell) {
  const id = fresh("number");
  const input = make("input", {
    type: "number",
    id,
    min: entry.low,
    max: entry.high,
    step: 1,
    inputmode: "numeric",
    "aria-describedby": `${id}-line`,
    onchange: () => input.reportValidity() && input.value !== "" && tell(input.valueAsNumber),
  });
  const row = make(
    "div",
    { class: "whole" },
    make("label", { for: id }, entry.name, " ", make("span", { class: "unit" }, entry.unit)),
    input,
    make("p", { class: "line", id: `${id}-line` }, entry.line),
  );
  return { row, show: (value) => document.activeElement !== input && (input.value = value) };
}

function onOff(entry, tell) {
  const id = fresh("switch");
  const input = make("input", {
    type: "checkbox",
    id,
    role: "switch",
    "aria-describedby": `${id}-line`,
    onchange: () => tell(Number(input.checked)),
  });
  const row = make(
    "div",
    { class: "switch" },
    make("label", { for: id }, entry.name),
    input,
    make("p", { class: "line", id: `${id}-line` }, entry.line),
  );
  return { row, show: (value) => (input.checked = value > 0) };
}

function choice(entry, tell) {
  const options = Object.fromEntries(entry.choices.map((name) => [name, name]));
  const { row, element } = select({ label: entry.name, options, value: entry.choices[0], onvalue: tell });
  element.setAttribute("aria-description", entry.line);
  row.append(make("p", { class: "line" }, entry.line));
  return { row, show: (value) => (element.value = value) };
}

function real(entry, tell) {
  const { name, unit, line } = entry,
    scale = new Scale(entry);
  const made = slider({
    label: name,
    unit,
    line,
    scale,
    value: entry.initial,
    digits: text,
    onvalue(value) {
      const told = rounded(value);
      tell(told);
      return told;
    },
  });
  const mark = (now) =>
    made.range.style.setProperty("--now", now === undefined ? "-1" : Math.min(1, Math.max(0, scale.position(now))));
  return { row: made.row, show: made.show, mark };
}

/** tell(value) hears what a hand does; show(value) shows what the box holds. */
export function field(entry, tell) {
  if (entry.kind === "choice") return choice(entry, tell);
  if (entry.kind === "whole") return entry.high === 1 ? onOff(entry, tell) : whole(entry, tell);
  return real(entry, tell);
}

const RATE = new Scale({ low: SLOWEST, high: FASTEST, initial: SLOWEST }, 1);
const EVEN = new Scale({ low: 0, high: 1, initial: 1 });

/** What moves a control: by what, how fast, how far. onmove({by, rate, depth}) */
export function moveField(name, moved = still, onmove) {
  const now = { ...moved };
  const change = (what) => {
    Object.assign(now, what);
    rate.row.hidden = now.by !== "oscillator";
    depth.row.hidden = now.by === "none";
    onmove({ ...now });
  };
  const by = select({
    label: `what moves ${name}`,
    options: movers,
    value: now.by,
    hidden: true,
    onvalue: (value) => change({ by: value }),
  });
  const told = (key) => (value) => {
    change({ [key]: rounded(value) });
    return now[key];
  };
  const rate = slider({ label: "rate", unit: "Hz", scale: RATE, value: now.rate, digits: text, onvalue: told("rate") });
  const depth = slider({
    label: "depth",
    scale: EVEN,
    value: now.depth,
    onvalue: told("depth"),
    digits: (value) => `${Math.round(100 * value)} %`,
  });
  rate.range.setAttribute("aria-label", `rate of ${name}`);
  depth.range.setAttribute("aria-label", `depth of ${name}`);
  rate.row.hidden = now.by !== "oscillator";
  depth.row.hidden = now.by === "none";
  return make("div", { class: "move" }, by.row, rate.row, depth.row);
}
