// The controls of one network.
import { words } from "../words.js";
import { make } from "./dom.js";
import { field, moveField, shown } from "./fields.js";
import { still } from "./moves.js";
import { rounded } from "./scale.js";

export class Panel {
  /**
   * @param player whose piece's network `which` it is
   * @param state told and moves of all networks, which hands change here
   * @param onchange after each change
   */
  constructor(player, state, which, onchange) {
    this.player = player;
    this.state = state;
    this.which = which;
    this.onchange = onchange;
    this.fields = new Map();
    const { model } = player.piece.score,
      { settings } = words[model];
    this.net = player.piece.nets[which];
    this.controls = make("div", { class: "fields" });
    this.others = make("div", { class: "fields" });
    for (const entry of shown(settings)) {
      const moving = entry.effect === "moves";
      const row = make("div", { class: "field", "data-name": entry.name });
      const made = field(entry, (value) => this.#tell(entry.name, value));
      row.append(made.row);
      if (moving) row.append(...this.#moving(entry.name));
      this.fields.set(entry.name, { ...made, row });
      (moving ? this.controls : this.others).append(row);
    }
    this.listener = ({ detail }) => this.#show(detail);
    this.net.addEventListener("values", this.listener);
    this.told = ({ detail: { name } }) => (this.reading ||= name === "read");
    this.net.addEventListener("tell", this.told);
    this.#show(this.net.values);
  }

  /** Sliders go with what the score moves, and have a mark where an oscillator or a microphone is. */
  draw() {
    const { piece } = this.player;
    for (const [name, now] of piece.moves[this.which].now()) this.fields.get(name).mark(now);
    if (this.net !== piece.nets[0]) return;
    for (const name of piece.wires.keys()) this.fields.get(name).show(rounded(piece.now(name)));
  }

  end() {
    this.net.removeEventListener("values", this.listener);
    this.net.removeEventListener("tell", this.told);
  }

  /** Goes on from a state file, whose settings become the state's. */
  read(bytes) {
    for (const name of this.player.piece.wires.keys()) this.#loosen(name);
    this.net.read(bytes);
  }

  /** What the box holds is what it was told, as far as it is not so anyway. */
  adopt() {
    const { told, model } = this.player.piece.score,
      known = (told.preset ? undefined : words[model].settings) ?? [];
    const anyway = { ...Object.fromEntries(known.map(({ name, initial }) => [name, initial])), ...told };
    const held = [...this.fields.keys()].map((name) => [name, this.net.values[name]]);
    this.adopted = true;
    this.net.send("snapshots"); // it may have brought some
    this.state.told[this.which] = Object.fromEntries(held.filter(([name, value]) => value !== anyway[name]));
    this.onchange();
  }

  #tell(name, value) {
    this.state.told[this.which][name] = value;
    this.#loosen(name);
    this.net.send(name, value);
    this.onchange();
  }

  /** A hand on a control takes it from the score. */
  #loosen(name) {
    this.player.piece.cut(name);
    this.fields.get(name).row.querySelector(".moved")?.remove();
  }

  #moving(name) {
    const { piece } = this.player,
      moves = this.state.moves[this.which];
    const says = this.which === 0 && piece.wires.has(name) && piece.score.moved[name].says;
    const move = moveField(name, moves[name] ?? still, (moved) => {
      moves[name] = moved;
      piece.moves[this.which].set(name, moved);
      this.onchange();
    });
    return says ? [move, make("p", { class: "moved" }, `moved ${says}`)] : [move];
  }

  #show(values) {
    for (const [name, { show }] of this.fields) show(values[name]);
    if (this.reading) this.adopt(); // the first values after it was read
    this.reading = false;
  }
}
