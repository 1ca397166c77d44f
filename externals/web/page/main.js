// The page: what is picked, played, told, drawn, kept.
import { animate } from "./canvas.js";
import { find, make, select, slider } from "./dom.js";
import { Files } from "./files.js";
import { Hearing } from "./hearing.js";
import { beginning, read, write } from "./link.js";
import { Looks } from "./looks.js";
import { Messages } from "./messages.js";
import { keepOffline } from "./offline.js";
import { gainOf } from "./output.js";
import { Panel } from "./panel.js";
import { Player } from "./player.js";
import { beginningNames, scores } from "./scores.js";

const LOUDNESS = { low: -60, high: 0, initial: -12 }; // dB

class Page {
  player;
  looks;
  files;

  static async open() {
    const page = new Page();
    page.player = await Player.make((text, level) => page.say(text, level));
    page.looks = new Looks(page.player);
    page.files = new Files(page);
    page.#pickers();
    page.#volume();
    find("play").addEventListener("click", () => page.toggle());
    addEventListener("keydown", (event) => {
      if (event.key !== " " || event.target !== document.body) return;
      event.preventDefault();
      page.toggle();
    });
    addEventListener("hashchange", () => location.hash !== page.written && page.follow());
    await page.follow();
    animate((seconds) => {
      page.looks.draw(seconds, page.player.playing);
      page.panel.draw();
    });
    return page;
  }

  say(text, level = "") {
    find("line").textContent = text;
    find("line").className = level;
  }

  /** What the address says. */
  async follow() {
    const { refused, ...state } = read(location.hash);
    await this.set(state);
    if (refused.length) this.say(`not understood in the address: ${refused.join(", ")}`, "warning");
  }

  pick(name) {
    return this.set(beginning(name));
  }

  /** Another piece; a file is the bytes of a state file. */
  async set(state, file) {
    this.say("");
    let piece;
    try {
      piece = await this.player.open(state, file);
    } catch (error) {
      if (this.state) this.#picked();
      else await this.pick("sine");
      this.say(error.message, "error");
      return;
    }
    if (piece !== this.player.piece) return; // another was picked meanwhile
    this.state = state;
    const score = scores.get(state.name);
    find("about").textContent = score.about;
    find("sides").textContent = score.sides;
    this.#picked();
    this.hearing = new Hearing(this);
    find("hears").replaceChildren(this.hearing.element);
    piece.nets.forEach((net, k) => {
      const of = score.networks > 1 ? `network ${k + 1}: ` : "";
      net.addEventListener("say", ({ detail: { level, text } }) => this.say(of + text, level));
    });
    this.show(0);
    this.changed();
  }

  #picked() {
    const { name } = this.state;
    this.picker.value = find("title").textContent = name;
    document.title = `${name}: specml`;
    for (const input of find("examples").querySelectorAll("input")) input.checked = input.value === name;
  }

  /** Network k of a ring, to be looked at and told. */
  show(k) {
    this.panel?.end();
    this.net = this.player.piece.nets[k];
    this.panel = new Panel(this.player, this.state, k, () => this.changed());
    this.messages = new Messages(this.net, (text, level) => this.say(text, level));
    find("controls").replaceChildren(this.panel.controls);
    find("others").replaceChildren(this.panel.others);
    find("messages").replaceChildren(this.messages.element);
    const { networks } = this.player.piece.score;
    const which = Object.fromEntries(
      Array.from({ length: networks }, (_, n) => [n, `network ${n + 1} of ${networks}`]),
    );
    find("which").hidden = networks === 1;
    find("which").replaceChildren(
      select({ label: "which network", options: which, value: k, hidden: true, onvalue: (n) => this.show(Number(n)) })
        .row,
    );
    this.looks.of(this.net);
  }

  /** The address follows, but not each step of a hand. */
  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.address(), 200);
  }

  /** Returns the address, which says all. */
  address() {
    this.written = write(this.state);
    history.replaceState(null, "", this.written);
    return location.href;
  }

  async toggle() {
    const { player } = this,
      button = find("play");
    const on = !player.playing;
    button.setAttribute("aria-pressed", String(on));
    button.title = on ? "pause" : "play";
    document.body.classList.toggle("playing", on);
    await (on ? player.play() : player.rest());
  }

  #pickers() {
    const names = [...scores.keys()],
      examples = names.filter((name) => !beginningNames.includes(name));
    const option = (name) => make("option", { value: name }, name);
    this.picker = make(
      "select",
      { id: "pick", "aria-label": "what plays", onchange: () => this.pick(this.picker.value) },
      make("optgroup", { label: "examples" }, ...examples.map(option)),
      make("optgroup", { label: "from nothing" }, ...beginningNames.map(option)),
    );
    find("picker").append(this.picker);
    const radio = (name) =>
      make(
        "label",
        {},
        make("input", { type: "radio", name: "piece", value: name, onchange: () => this.pick(name) }),
        make("span", {}, name),
      );
    find("examples").append(
      make("fieldset", {}, make("legend", {}, "examples"), ...examples.map(radio)),
      make("fieldset", {}, make("legend", {}, "from nothing"), ...beginningNames.map(radio)),
    );
  }

  #volume() {
    const scale = {
      value: (at) => LOUDNESS.low + at * (LOUDNESS.high - LOUDNESS.low),
      position: (db) => 1 - db / LOUDNESS.low,
    };
    const set = (db) => {
      this.player.output.setVolume(db);
      return Math.round(db);
    };
    const { row } = slider({
      label: "volume",
      scale,
      value: set(LOUDNESS.initial),
      onvalue: set,
      digits: (db) => (gainOf(db) ? `${db} dB` : "silent"),
    });
    find("volume").append(row);
  }
}

keepOffline();
Page.open().then(
  (page) => {
    globalThis.specml = page; // for the console, and for tests
    document.body.classList.add("ready");
  },
  (error) => {
    find("line").textContent = `this browser cannot play it: ${error.message}`;
    find("line").className = "error";
  },
);
