// The page: a table of sounds as a map.
import { Card } from "atlas/card.js";
import { along, among, gradient } from "atlas/colours.js";
import { byId, made } from "atlas/dom.js";
import { chips, Range } from "atlas/filters.js";
import { listen } from "atlas/hand.js";
import { Map2D } from "atlas/map.js";
import { from, scaleOf, written } from "atlas/scale.js";
import { Sound } from "atlas/sound.js";
import { passing, read } from "atlas/table.js";
import { pixel } from "atlas/scatter.js";

const table = read(),
  { facts, columns } = table;
if (columns.word) columns.word = columns.word.map((code) => Math.min(code, facts.words.length)); // the last: no word
const map = new Map2D(byId("map")),
  card = new Card(table),
  sound = new Sound(byId("sound"), table);
const numbers = new Map(facts.columns.map((column) => [column.name, column]));
const axes = new Map(facts.columns.map((column) => [column.name, axis(column)]));
const magma = Uint8Array.from(atob(facts.ramp), (c) => c.charCodeAt(0));
const asked = new URLSearchParams(location.hash.slice(1));
const selects = Object.fromEntries(["x", "y", "colour"].map((which) => [which, select(which)]));
const ranges = facts.columns.map((column) => new Range(column, columns[column.name], filtered));
const sets = {};
globalThis.atlas = { map, sound, table, card }; // for tests, and for the curious

function axis(column) {
  return { ...column, values: columns[column.name], scale: scaleOf(columns[column.name], column.log) };
}

/** A choice of a column for x, y or colour; for colour also the base and the word. */
function select(which) {
  const element = byId(which);
  const named =
    which === "colour"
      ? [
          ["base", facts.bases.length > 1],
          ["word", facts.words.length],
        ].filter(([, is]) => is)
      : [];
  for (const [name] of named) element.append(made("option", { value: name }, name));
  for (const role of ["setting", "measure"]) {
    const of = facts.columns.filter((column) => column.role === role);
    if (of.length)
      element.append(
        made("optgroup", { label: `${role}s` }, ...of.map(({ name }) => made("option", { value: name }, name))),
      );
  }
  const choices = [...element.options].map(({ value }) => value);
  element.value = choices.includes(asked.get(which)) ? asked.get(which) : facts.shown[which];
  element.addEventListener("change", showAll);
  return element;
}

function named(which) {
  return which === "base"
    ? among(columns.base, facts.bases)
    : among(
        columns.word,
        facts.words.map(({ name }) => name),
      );
}

/** The scale of a column's colours, from its least to its greatest. */
const spanned = (name) => scaleOf(axes.get(name).values, axes.get(name).log, 0);

/** What was chosen of axes and colours, drawn. */
function showAll() {
  const what = selects.colour.value;
  const colours = numbers.has(what) ? along(magma, spanned(what), axes.get(what).values) : named(what);
  legend(what, colours.colours);
  document.body.dataset.colour = what;
  map.show({
    x: axes.get(selects.x.value),
    y: axes.get(selects.y.value),
    index: colours.index,
    paint: Uint32Array.from(colours.colours, pixel),
    shown: shown(),
  });
  remember();
}

function shown() {
  const filters = ranges.map(({ filter }) => filter).filter(Boolean);
  const kept = passing(
    facts.rows,
    filters,
    Object.entries(sets).map(([name, { on }]) => [columns[name], on]),
  );
  const { values: x } = axes.get(selects.x.value),
    { values: y } = axes.get(selects.y.value);
  let many = 0;
  for (let k = 0; k < kept.length; ++k) {
    if (!(Number.isFinite(x[k]) && Number.isFinite(y[k]))) kept[k] = 0;
    many += kept[k];
  }
  byId("many").textContent = many === facts.rows ? `${many} sounds` : `${many} of ${facts.rows} sounds`;
  byId("all").disabled = !filters.length && Object.values(sets).every(({ isAll }) => isAll);
  return kept;
}

let waiting = false;
function filtered() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    map.shown = shown();
    map.redraw();
  });
}

function legend(what, colours) {
  const box = byId("legend"),
    column = numbers.get(what);
  if (!column) {
    const names = what === "base" ? facts.bases : [...facts.words.map(({ name }) => name), "no word"];
    box.replaceChildren(
      ...names.map((name, k) => {
        const { about, rule } = (what === "word" && facts.words[k]) || {};
        const title = about ? `${about}: ${rule}` : "";
        return made("span", { className: "name", title }, made("i", { style: `background:${colours[k]}` }), name);
      }),
    );
    byId("line").textContent = what === "word" ? "the first rule that a row's measures obey" : "what a row lies around";
    return;
  }
  const scale = spanned(what);
  const ends = [0, 1].map((at) => made("span", {}, written(from(scale, at), 3)));
  box.replaceChildren(
    ends[0],
    made("span", { className: "ramp", style: `background:${gradient(colours)}` }),
    ends[1],
    made("b", {}, column.unit ? `${what} [${column.unit}]` : what),
  );
  byId("line").textContent = column.line ?? "";
}

function remember() {
  const said = new URLSearchParams(Object.entries(selects).map(([which, { value }]) => [which, value]));
  if (map.chosen >= 0) said.set("row", columns.row[map.chosen]);
  try {
    history.replaceState(null, "", `#${said}`);
  } catch {
    // a page within another may not
  }
}

const acts = {
  hover(row) {
    if (row === map.under) return;
    map.under = row;
    map.mark();
    map.marks.style.cursor = row < 0 ? "" : "pointer";
    card.show(row < 0 ? map.chosen : row);
  },
  choose(row) {
    map.under = -1;
    map.choose(row);
    card.show(row);
    say(card.said(row, [selects.x.value, selects.y.value]));
    byId("play").disabled = false;
    remember();
  },
  async play() {
    const row = map.chosen;
    if (row < 0) return;
    document.body.classList.add("busy");
    try {
      const { same } = await sound.play(row);
      if (same !== undefined)
        tell(same ? "computed here just now: the table's bits" : "computed here: not the table's bits", !same);
      else tell("");
    } catch (error) {
      tell(error.message, true);
    } finally {
      document.body.classList.remove("busy");
    }
  },
  stop: () => sound.stop(),
};

const say = (text) => (byId("said").textContent = text);

function tell(text, wrong = false) {
  byId("told").textContent = text;
  byId("told").classList.toggle("wrong", wrong);
}

function chipsOf(name, label, names) {
  const { colours } = named(name);
  sets[name] = chips(names, label, colours, filtered);
  sets[name].element.classList.add(name);
  byId("chips").append(sets[name].element);
}
if (facts.bases.length > 1) chipsOf("base", "around", facts.bases);
if (facts.words.length) chipsOf("word", "heard as", [...facts.words.map(({ name }) => name), "no word"]);
byId("ranges").append(...ranges.map(({ element }) => element));
byId("all").addEventListener("click", () => {
  for (const range of ranges) range.reset();
  for (const { all } of Object.values(sets)) all();
  filtered();
});
byId("play").addEventListener("click", () => acts.play());
byId("closer").addEventListener("click", () => map.closer(1.5));
byId("farther").addEventListener("click", () => map.closer(1 / 1.5));
byId("whole").addEventListener("click", () => map.whole());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const range of ranges) range.draw();
  showAll();
});
listen(map, acts);
map.resize();
showAll();
card.show(-1);
const row = columns.row.indexOf(Number(asked.get("row") ?? -1));
if (row >= 0) acts.choose(row);
document.body.classList.add("ready");
