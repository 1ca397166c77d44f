// What plays: the thirteen examples of the source and three beginnings. Their settings are made from
// the Python package (examples.js); here is what they hear and what moves while they play.
import { examples } from "./examples.js";

export const RING_DELAY = 128; // samples: what a browser computes at a time, by which feedback is late

const splayed = (block) =>
  "Three networks: left, middle, right. Each hears the one before. " +
  `The ring closes ${RING_DELAY} samples late, as a browser computes so many at a time; in Python ${block}.`;
const NEURONS = "Left the even neurons, right the odd ones.";
const HAND = "Every 3 seconds a hand draws, and moves lr and ridge, until yours does.";
const SIDES = "Left what it hears, right what it says.";
const SWITCH = 79; // seconds: 1:19, when sine-adapt loses its sine and stops learning

// moved: what the graph adds to a control: low to high, by what it hears, or from one moment to another
const graphs = {
  sine: { hears: [{ kind: "sine", hz: 200 }] },
  fm: { hears: [{ kind: "fm", hz: 80 }] },
  saw: {
    hears: [{ kind: "saw", hz: 180 }],
    moved: { lr: { by: "input", low: 0.01, high: 1, says: "by the sawtooth, 0.01 to 1" } },
  },
  interpolate: {
    hears: [
      { kind: "sine", hz: 500 },
      { kind: "pulse", hz: 500 },
    ],
  },
  multislider: { hears: [{ kind: "chord" }], told: { lr: 0.1, ridge: 0.001 }, hand: true, alone: true },
  feedback: { hears: [{ kind: "burst" }], ring: true },
  percussion: { hears: [{ kind: "drums" }], ring: true },
  chatter: {
    moved: { strength: { from: 160, to: 18, seconds: 45, says: "from 160 to 18 in 45 seconds" } },
  },
  "sine-adapt": {
    hears: [{ kind: "sine", hz: 100, until: SWITCH }],
    moved: { lambda: { from: 1, until: SWITCH, says: "at 1, until 1:19" } },
  },
};

/** Settings as numbers; those of a ring as a list, a number each. */
function settingsOf({ settings }, { told = {}, moved = {} }) {
  const known = Object.entries(settings).filter(
    ([name, value]) => name === "preset" || (name !== "networks" && name !== "block" && typeof value !== "string"),
  );
  const still = Object.fromEntries(Object.keys(moved).map((name) => [name, 0])); // the graph adds all
  return { ...Object.fromEntries(known), ...told, ...still };
}

function score(example) {
  const graph = graphs[example.name] ?? {};
  const { name, model, about, seed } = example;
  return {
    name,
    model,
    about,
    seed,
    told: settingsOf(example, graph),
    hears: graph.hears ?? [{ kind: "silence" }],
    moved: graph.moved ?? {},
    hand: graph.hand,
    alone: graph.alone,
    networks: graph.ring ? 3 : 1,
    sides: graph.ring ? splayed(example.settings.block) : graph.hand ? HAND : model === "unlearn" ? NEURONS : SIDES,
  };
}

const SINE = { kind: "sine", hz: 200 };
const beginnings = [
  ["autoregnn", "a network that predicts what it hears", [SINE]],
  ["autoregnn2", "two networks that hear two sounds, and one between them", [SINE, { kind: "pulse", hz: 300 }]],
  ["unlearn", "neurons that hear each other, late, and never settle", [{ kind: "silence" }]],
].map(([model, about, hears]) => ({
  name: model,
  model,
  about,
  seed: 1,
  told: {},
  hears,
  moved: {},
  networks: 1,
  sides: model === "unlearn" ? NEURONS : SIDES,
}));

export const scores = new Map([...examples.map(score), ...beginnings].map((each) => [each.name, each]));
export const beginningNames = beginnings.map(({ name }) => name);

/** The words that network k of a piece says as a box, with what else it is told. */
export function boxWords({ told, seed }, k, more = {}) {
  const all = { ...told, ...more };
  if (!("seed" in more)) all.seed = seed + k;
  return Object.entries(all)
    .map(([name, value]) => `-${name} ${Array.isArray(value) ? value[k] : value}`)
    .join(" ");
}
