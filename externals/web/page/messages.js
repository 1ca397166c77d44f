// Messages as buttons, and snapshots: what was learnt, under letters, to glide back to.
import { words } from "../words.js";
import { make, slider } from "./dom.js";
import { rounded, Scale, text } from "./scale.js";

const GLIDE = new Scale({ low: 0, high: 10000, initial: 10 }, 1);
const LETTERS = "abcdefghijklmnopqrstuvwxyz";

export class Messages {
  constructor(net, say) {
    this.net = net;
    this.say = say;
    this.names = [];
    this.glide = 1000;
    this.kept = make("div", { class: "kept" });
    this.lines = Object.fromEntries(words[net.model].messages.map(({ name, line }) => [name, line]));
    this.element = this.#snapshots();
    net.addEventListener("tell", ({ detail }) => this.#told(detail));
    net.send("snapshots"); // a file may have brought some
  }

  #plain() {
    return ["bang", "reset", "clear"]
      .filter((name) => name in this.lines)
      .map((name) => make("button", { title: this.lines[name], onclick: () => this.net.send(name) }, name));
  }

  #snapshots() {
    this.glides = slider({
      label: "glide",
      unit: "ms",
      scale: GLIDE,
      value: this.glide,
      digits: text,
      line: this.lines.recall,
      onvalue: (value) => (this.glide = rounded(value)),
    }).row;
    const store = make("button", { title: this.lines.store, onclick: () => this.#store() }, "store");
    this.between = make("div");
    this.#show();
    return make(
      "div",
      { class: "snapshots" },
      make("div", { class: "buttons" }, ...this.#plain(), store, this.kept),
      this.between,
      this.glides,
    );
  }

  #store() {
    const name = [...LETTERS].find((letter) => !this.names.includes(letter));
    if (!name) return this.say("all letters have a snapshot: forget one", "warning");
    this.net.send("store", name);
    return this.net.send("snapshots");
  }

  /** "snapshots" and how many, then a "snapshot" for each. */
  #told({ name, list }) {
    if (name === "snapshots") {
      this.names = [];
      this.#show();
    }
    if (name === "snapshot") {
      this.names.push(String(list[0]));
      this.#show();
    }
  }

  #show() {
    this.kept.replaceChildren(
      ...this.names.map((name) =>
        make(
          "span",
          { class: "snapshot" },
          make(
            "button",
            { "aria-label": `recall ${name}`, onclick: () => this.net.send("recall", name, this.glide) },
            name,
          ),
          make(
            "button",
            {
              "aria-label": `forget ${name}`,
              class: "forget",
              onclick: () => {
                this.net.send("forget", name);
                this.net.send("snapshots");
              },
            },
            "×",
          ),
        ),
      ),
    );
    this.glides.hidden = !this.names.length;
    const [a, b] = this.names;
    const even = { value: (at) => at, position: (x) => x };
    this.between.replaceChildren(
      ...(b
        ? [
            slider({
              label: `between ${a} and ${b}`,
              scale: even,
              value: 0,
              digits: (x) => x.toFixed(2),
              onvalue: (x) => {
                this.net.send("morph", a, b, rounded(x), this.glide);
                return x;
              },
            }).row,
          ]
        : []),
    );
  }
}
