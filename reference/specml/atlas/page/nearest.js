// Which point is near: cells of a grid over the screen, each with its points.

const CELL = 24; // pixels

export class Nearest {
  /** @param x, y pixels of all rows; shown: 1 where a row is to be found */
  constructor(x, y, shown, width, height) {
    this.x = x;
    this.y = y;
    this.across = Math.ceil(width / CELL) + 1;
    this.down = Math.ceil(height / CELL) + 1;
    const cells = new Int32Array(x.length).fill(-1),
      begins = new Int32Array(this.across * this.down + 1);
    for (let k = 0; k < x.length; ++k)
      if (shown[k] && x[k] >= 0 && x[k] < width && y[k] >= 0 && y[k] < height) {
        cells[k] = this.#cell(x[k], y[k]);
        ++begins[cells[k] + 1];
      }
    for (let c = 1; c < begins.length; ++c) begins[c] += begins[c - 1];
    this.begins = begins;
    this.rows = new Int32Array(begins[begins.length - 1]);
    const next = begins.slice();
    for (let k = 0; k < x.length; ++k) if (cells[k] >= 0) this.rows[next[cells[k]]++] = k;
  }

  #cell(x, y) {
    return Math.floor(y / CELL) * this.across + Math.floor(x / CELL);
  }

  /** The row nearest to a place, within a cell's width, or -1. */
  at(px, py) {
    let best = -1,
      least = CELL * CELL;
    const column = Math.floor(px / CELL),
      line = Math.floor(py / CELL);
    for (let j = Math.max(0, line - 1); j <= Math.min(this.down - 1, line + 1); ++j)
      for (let i = Math.max(0, column - 1); i <= Math.min(this.across - 1, column + 1); ++i) {
        const cell = j * this.across + i;
        for (let n = this.begins[cell]; n < this.begins[cell + 1]; ++n) {
          const k = this.rows[n],
            far = (this.x[k] - px) ** 2 + (this.y[k] - py) ** 2;
          if (far <= least) [best, least] = [k, far];
        }
      }
    return best;
  }
}

/** The neighbour of a row in a direction (dx, dy: one of them ±1), or -1: near, and not far aside. */
export function neighbour(x, y, shown, row, dx, dy) {
  let best = -1,
    least = Infinity;
  for (let k = 0; k < x.length; ++k) {
    const ahead = dx * (x[k] - x[row]) + dy * (y[k] - y[row]);
    if (!shown[k] || !(ahead > 0.01)) continue;
    const aside = dx * (y[k] - y[row]) + dy * (x[k] - x[row]);
    const far = ahead * ahead + 4 * aside * aside;
    if (Math.abs(aside) <= 2 * ahead && far < least) [best, least] = [k, far];
  }
  return best;
}
