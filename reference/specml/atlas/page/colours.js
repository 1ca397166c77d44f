// What colour a row has: a measure along a scale that is also one in grey, or a name of few.
import { to, units } from "atlas/scale.js";

const MANY = 256;
const NAMES = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#f0e442", "#8c6bb1"]; // Okabe and Ito
export const NONE = "#9a958c"; // of what has no value

const isDark = () => matchMedia("(prefers-color-scheme: dark)").matches;

/** Bytes r, g, b of a colour map, as "#rrggbb"; the far end is what stands out from the ground. */
function ramp(map) {
  const colours = Array.from({ length: MANY }, (_, k) => {
    const at =
      3 *
      Math.round(
        (isDark() ? 0.12 + (0.88 * k) / (MANY - 1) : 0.88 * (1 - k / (MANY - 1)) + 0.02) * (map.length / 3 - 1),
      );
    return `#${[0, 1, 2].map((c) => map[at + c].toString(16).padStart(2, "0")).join("")}`;
  });
  return [...colours, NONE];
}

/** {index, colours, at(value)}: along the scale of a column. */
export function along(map, scale, values) {
  const index = new Uint16Array(values.length),
    unit = units(scale, values);
  for (let k = 0; k < index.length; ++k) index[k] = Number.isFinite(unit[k]) ? Math.round(unit[k] * (MANY - 1)) : MANY;
  return { index, colours: ramp(map), at: (value) => to(scale, value) };
}

/** {index, colours}: by name; the code after the last name is none of them. */
export function among(codes, names) {
  const colours = names.map((_, k) => NAMES[k % NAMES.length]);
  return { index: Uint16Array.from(codes), colours: [...colours, NONE] };
}

export const gradient = (colours) =>
  `linear-gradient(to right, ${Array.from({ length: 17 }, (_, k) => colours[Math.min(MANY - 1, k * 16)]).join(", ")})`;
