// What a piece hears: a kind of signal and its pitch for each input.
import { make, select, slider } from "./dom.js";
import { rounded, Scale, text } from "./scale.js";
import { FASTEST, kinds, SLOWEST } from "./signals.js";

const PITCH = new Scale({ low: SLOWEST, high: FASTEST, initial: SLOWEST }, 1);

export class Hearing {
  constructor(page) {
    this.page = page;
    const { hears } = page.state;
    this.element = make("div", { class: "fields" }, ...hears.map((_, k) => this.#input(k, hears.length)));
  }

  #input(k, count) {
    const { hears } = this.page.state,
      options = Object.fromEntries(Object.entries(kinds).map(([kind, [said]]) => [kind, said]));
    const label = count > 1 ? `it hears, ${k + 1}` : "it hears";
    const pitch = make("div");
    const kind = select({
      label,
      options,
      value: hears[k].kind,
      onvalue: (value) => {
        this.#change(k, { kind: value, ...(kinds[value][1] ? { hz: kinds[value][1] } : {}) });
        this.#pitch(pitch, k, label);
      },
    });
    this.#pitch(pitch, k, label);
    return make("div", { class: "field" }, kind.row, pitch);
  }

  #pitch(element, k, label) {
    const { hears } = this.page.state,
      { hz } = hears[k];
    if (!hz) return element.replaceChildren();
    const { row, range } = slider({
      label: hears[k].kind === "fm" ? "sweeps" : "frequency",
      unit: "Hz",
      scale: PITCH,
      value: hz,
      digits: text,
      onvalue: (value) => {
        hears[k].hz = rounded(value);
        this.page.player.piece.signals[k].hz = hears[k].hz;
        this.page.changed();
        return hears[k].hz;
      },
    });
    range.setAttribute("aria-label", `frequency of what ${label}`);
    return element.replaceChildren(row);
  }

  #change(k, signal) {
    const { piece } = this.page.player;
    this.page.state.hears[k] = signal;
    piece.hear(k, signal);
    this.page.changed();
  }
}
