// The whole piece in the address: `#feedback&2.lr=0.5&lr~osc,0.2,0.5&in1=saw,180`. Only what differs
// from the score is said; of a ring, `2.` is its second network.
import { still } from "./moves.js";
import { scores } from "./scores.js";
import { kinds } from "./signals.js";
import { words } from "../words.js";

const SHORT = { oscillator: "osc", microphone: "mic" };
const LONG = { osc: "oscillator", mic: "microphone" };

/** {name, hears: [{kind, hz}], told: [{name: value}], moves: [{name: {by, rate, depth}}]}, as scored. */
export function beginning(name) {
  const { hears, networks } = scores.get(name);
  const each = () => Array.from({ length: networks }, () => ({}));
  return { name, hears: hears.map((signal) => ({ ...signal })), told: each(), moves: each() };
}

export function write({ name, hears, told, moves }) {
  const said = [name],
    score = scores.get(name);
  const which = (k) => (k ? `${k + 1}.` : "");
  told.forEach((each, k) => {
    for (const [key, value] of Object.entries(each)) said.push(`${which(k)}${key}=${value}`);
  });
  moves.forEach((each, k) => {
    for (const [key, { by, rate, depth }] of Object.entries(each))
      if (by !== "none") said.push(`${which(k)}${key}~${SHORT[by]},${rate},${depth}`);
  });
  hears.forEach(({ kind, hz }, k) => {
    const scored = score.hears[k];
    if (kind !== scored.kind || hz !== scored.hz) said.push(`in${k + 1}=${[kind, hz].filter(Boolean)}`);
  });
  return `#${said.join("&")}`;
}

/** What an address says, and in `refused` what of it cannot be. */
export function read(address) {
  const [name, ...said] = plain(address.replace(/^#/, "")).split("&");
  if (!scores.has(name)) return { ...beginning("sine"), refused: name ? [name] : [] };
  const piece = beginning(name),
    refused = [];
  for (const each of said) if (!take(piece, each)) refused.push(each);
  return { ...piece, refused };
}

function plain(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return address; // a % that stands for nothing
  }
}

function take(piece, said) {
  const [, whose = "1", name, mark, rest] = /^(?:(\d+)\.)?([a-z][a-z0-9]*)([=~])(.+)$/.exec(said) ?? [];
  const which = Number(whose) - 1;
  const heard = /^in(\d+)$/.exec(name);
  if (heard && mark === "=") return hear(piece, Number(heard[1]) - 1, rest.split(","));
  const entry = words[scores.get(piece.name).model].settings.find((setting) => setting.name === name);
  if (!entry || !piece.told[which]) return false;
  if (mark === "~") return move(piece.moves[which], name, rest.split(","));
  const value = entry.choices ? rest : Number(rest);
  if (entry.choices ? !entry.choices.includes(value) : !(value >= entry.low && value <= entry.high)) return false;
  piece.told[which][name] = value;
  return true;
}

function move(moves, name, said) {
  const [by, rate, depth] = said;
  const known = { by: LONG[by], rate: Number(rate), depth: Number(depth) };
  if (!known.by || !(known.rate > 0) || !(known.depth >= 0 && known.depth <= 1)) return false;
  moves[name] = { ...still, ...known };
  return true;
}

function hear({ hears }, k, said) {
  const [kind, hz] = said;
  if (!(k in hears) || !(kind in kinds) || (hz !== undefined && !(Number(hz) > 0))) return false;
  hears[k] = { kind, ...(kinds[kind][1] ? { hz: Number(hz ?? kinds[kind][1]) } : {}) };
  return true;
}
