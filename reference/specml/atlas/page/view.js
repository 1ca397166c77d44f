// The part of the map that is seen: unit coordinates x0..x1, y0..y1, upwards.

const CLOSEST = 1e-4;

export class View {
  constructor() {
    this.all();
  }

  all() {
    Object.assign(this, { x0: 0, x1: 1, y0: 0, y1: 1 });
  }

  get isAll() {
    return this.x1 - this.x0 >= 1 && this.y1 - this.y0 >= 1;
  }

  /** Closer by a factor around a point, given as shares of the width and, from below, the height. */
  zoom(factor, at = 0.5, up = 0.5) {
    [this.x0, this.x1] = zoomed(this.x0, this.x1, factor, at);
    [this.y0, this.y1] = zoomed(this.y0, this.y1, factor, up);
  }

  /** Moved by shares of what is seen. */
  move(right, up) {
    [this.x0, this.x1] = moved(this.x0, this.x1, right);
    [this.y0, this.y1] = moved(this.y0, this.y1, up);
  }

  /** Moved just so far that a point is seen. */
  show(x, y) {
    const width = this.x1 - this.x0,
      height = this.y1 - this.y0;
    this.move(beyond(x, this.x0, this.x1) / width, beyond(y, this.y0, this.y1) / height);
  }
}

function zoomed(low, high, factor, at) {
  const wide = Math.min(1, Math.max(CLOSEST, (high - low) / factor)),
    fixed = low + at * (high - low);
  return kept(fixed - at * wide, wide);
}

const moved = (low, high, by) => kept(low + by * (high - low), high - low);

function kept(low, wide) {
  const begin = Math.min(1 - wide, Math.max(0, low));
  return [begin, begin + wide];
}

function beyond(value, low, high) {
  const edge = 0.05 * (high - low);
  return value < low + edge ? value - low - edge : value > high - edge ? value - high + edge : 0;
}
