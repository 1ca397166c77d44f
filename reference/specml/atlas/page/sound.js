// Where a row's sound comes from: a file beside the page, a server, or the models themselves.
import { compute } from "atlas/compute.js";

const LOUD = -26; // dB: what is louder is turned down to it

/** facts.sounds: {folder, ending, rows: [...] or "all"}; facts.compute: {core, bases}. */
export class Sound {
  constructor(element, { facts, columns }) {
    Object.assign(this, { element, facts, columns });
    this.kept = new Map();
    this.has = facts.sounds && new Set(facts.sounds.rows === "all" ? columns.row : facts.sounds.rows);
  }

  /** "file" or "compute", or what prevents it. */
  way(k) {
    const { sounds, compute, bases } = this.facts;
    if (sounds && this.has.has(this.columns.row[k])) return { way: "file" };
    if (compute?.bases[bases[this.columns.base[k]]]) {
      return location.protocol === "file:"
        ? { none: "it is computed here, which browsers allow no page that is opened as a file" }
        : { way: "compute" };
    }
    return { none: "no sound was made of this row, and no server is asked for it" };
  }

  /** Plays row k; throws an Error that says why not. Returns {same} if the bits could be compared. */
  async play(k) {
    const asked = (this.asked = Symbol(k)),
      { element } = this;
    const { address, same } = await this.#source(k);
    if (asked !== this.asked) return {};
    element.pause();
    if (this.playing !== address) element.src = address;
    this.playing = address;
    element.currentTime = 0;
    element.volume = this.#volume(k);
    try {
      await element.play();
    } catch (error) {
      if (error.name === "AbortError") return {}; // another row was asked for meanwhile
      throw new Error(error.name === "NotAllowedError" ? "the browser wants a click first" : await this.#why(address));
    }
    return { same };
  }

  stop() {
    this.asked = undefined;
    this.element.pause();
  }

  #volume(k) {
    const level = this.columns.level?.[k];
    return Number.isFinite(level) ? Math.min(1, 10 ** ((LOUD - level) / 20)) : 1;
  }

  async #source(k) {
    const { way, none } = this.way(k);
    if (none) throw new Error(none);
    if (way === "file") {
      const { folder, ending } = this.facts.sounds;
      return { address: `${folder}${this.columns.row[k]}${ending}` };
    }
    if (!this.kept.has(k)) {
      const { file, same } = await compute(this, k);
      this.kept.set(k, { address: URL.createObjectURL(new Blob([file], { type: "audio/wav" })), same });
    }
    return this.kept.get(k);
  }

  /** What the server says of a row that it refuses. */
  async #why(address) {
    try {
      const answer = await fetch(address);
      if (!answer.ok) return (await answer.text()).trim() || `${address}: ${answer.status}`;
    } catch {
      // a page that is a file may not ask
    }
    return `${address} is missing, or this browser cannot play it`;
  }
}
