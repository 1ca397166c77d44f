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
    if (hears[k].kind === "file") return element.replaceChildren(this.#file(k, label));
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

  /** A field for the file of a sound. */
  #file(k, label) {
    const { page } = this;
    const load = async ({ target }) => {
      const [file] = target.files;
      if (!file) return;
      try {
        page.player.sounds[k] = await page.player.context.decodeAudioData(await file.arrayBuffer());
        this.#change(k, { kind: "file" });
      } catch {
        page.say(`${file.name} is no sound that this browser reads`, "error");
      }
    };
    return make("input", { type: "file", accept: "audio/*", "aria-label": `sound file: ${label}`, onchange: load });
  }

  #change(k, signal) {
    const { piece } = this.page.player;
    this.page.state.hears[k] = signal;
    piece.hear(k, signal);
    this.page.changed();
  }
}
