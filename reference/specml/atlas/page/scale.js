// Scales: values to 0..1 and back, ticks, and numbers as a person writes them.
import { extent } from "atlas/table.js";

const MARGIN = 0.05; // of the map, around the outermost points

/** A scale over what the values span; logarithmic only where all of them allow it. */
export function scaleOf(values, log, margin = MARGIN) {
  let [low, high] = extent(values) ?? [0, 1];
  const bends = log && low > 0;
  if (bends) [low, high] = [Math.log10(low), Math.log10(high)];
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const wide = (high - low) * margin;
  return { log: bends, low: low - wide, high: high + wide };
}

export const to = ({ log, low, high }, value) => ((log ? Math.log10(value) : value) - low) / (high - low);

export function from({ log, low, high }, unit) {
  const value = low + unit * (high - low);
  return log ? 10 ** value : value;
}

/** All values on 0..1, as a typed array; what has no place there is NaN. */
export function units(scale, values) {
  const made = new Float32Array(values.length);
  for (let k = 0; k < made.length; ++k) made[k] = to(scale, values[k]);
  return made;
}

/** Ticks within begin..end of 0..1: [{at, text}], about so many. */
export function ticks(scale, begin, end, many) {
  const span = scale.high - scale.low,
    [low, high] = [scale.low + begin * span, scale.low + end * span];
  const values = scale.log && high - low > 0.9 ? decades(low, high, many) : even(scale, low, high, many);
  return values
    .map((value) => ({ at: to(scale, value), text: written(value) }))
    .filter(({ at }) => at >= begin && at <= end);
}

function decades(low, high, many) {
  const wide = high - low,
    step = Math.ceil(wide / many),
    within = wide < many / 3 ? [1, 2, 5] : wide < many / 2 ? [1, 3] : [1];
  const made = [];
  for (let k = Math.floor(low); k <= high; ++k) if (k % step === 0) made.push(...within.map((m) => m * 10 ** k));
  return made;
}

function even({ log }, low, high, many) {
  if (log) [low, high] = [10 ** low, 10 ** high];
  const rough = (high - low) / many,
    power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((m) => m * power >= rough);
  const made = [];
  for (let k = Math.ceil(low / step); k * step <= high + step * 1e-9; ++k) made.push(k * step);
  return made;
}

/** A number in few digits, with the minus sign of print. */
export function written(value, digits = 4) {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  const size = Math.abs(value);
  const text =
    size && (size < 1e-3 || size >= 1e6)
      ? value
          .toExponential(Math.max(0, digits - 2))
          .replace(/\.?0+e/, "e")
          .replace("e+", "e")
      : String(Number(value.toPrecision(digits)));
  return text.replaceAll("-", "−");
}
