// The row under the hand, or the chosen one: what it was told, and what was measured.
import { byId, made } from "atlas/dom.js";
import { written } from "atlas/scale.js";

export class Card {
  constructor({ facts, columns }) {
    Object.assign(this, { facts, columns });
  }

  show(k) {
    const { facts, columns } = this;
    const rule = k < 0 ? "" : facts.words[columns.word?.[k]]?.rule;
    byId("which").textContent = k < 0 ? "no row yet" : this.name(k);
    byId("row").textContent =
      k < 0
        ? "point at the map, or use the arrow keys"
        : `row ${columns.row[k]}, seed ${columns.seed[k]}${rule ? `; ${rule}` : ""}`;
    for (const role of ["setting", "measure"]) {
      const of = facts.columns.filter((column) => column.role === role);
      byId(`${role}s`).replaceChildren(...of.map((column) => this.#line(column, k)));
    }
    this.#lead(k);
  }

  /** The base, and the word if there is one. */
  name(k) {
    const { facts, columns } = this;
    const word = facts.words?.[columns.word?.[k]]?.name;
    return [facts.bases[columns.base[k]], word].filter(Boolean).join(": ");
  }

  #line({ name, unit, line }, k) {
    const value = k < 0 ? "" : written(this.columns[name][k]);
    const term = made("dt", { title: line }, name);
    return made("div", {}, term, made("dd", {}, value, unit && value !== "–" ? made("small", {}, unit) : ""));
  }

  /** A link into the playground with the settings of the row. */
  #lead(k) {
    const { facts, columns } = this,
      link = byId("playground");
    const name = k >= 0 && facts.bases[columns.base[k]];
    link.hidden = !facts.playground?.pieces.includes(name);
    if (link.hidden) return;
    const told = facts.columns
      .filter(({ told, name }) => told && Number.isFinite(columns[name][k]))
      .map(({ name }) => `${name}=${columns[name][k]}`);
    link.href = `${facts.playground.address}#${[name, ...told, `seed=${columns.seed[k]}`].join("&")}`;
  }

  /** In one sentence, for who hears the page. */
  said(k, axes) {
    const { facts, columns } = this;
    const measures = facts.columns
      .filter(({ role, name }) => role === "measure" && !axes.includes(name))
      .map(({ name }) => name);
    const said = [...axes, ...measures].map((name) => {
      const unit = facts.columns.find((column) => column.name === name)?.unit;
      return `${name} ${written(columns[name][k])}${unit ? ` ${unit}` : ""}`;
    });
    return `${this.name(k)}, row ${columns.row[k]}: ${said.join(", ")}`;
  }
}
