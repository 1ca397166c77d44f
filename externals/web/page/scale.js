// How far a slider stands for which value: evenly, or in sizes that grow, with 0 where it belongs.

const FINEST = 1e-4; // of the initial value: what is smaller lies close to 0
const DIGITS = 3;

/** A number as it is shown and linked: three digits. */
export const rounded = (value) => Number(value.toPrecision(DIGITS));

export function text(value) {
  return typeof value === "number" ? String(Math.abs(value) < 1e9 ? Number(value.toPrecision(6)) : value) : value;
}

/** Positions 0..1 and values low..high of one of the table's settings, both ways. */
export class Scale {
  constructor({ low, high, initial }, finest = FINEST) {
    this.low = low;
    this.high = high;
    this.unit = initial > 0 && initial <= 0.05 * high ? initial * finest : 0; // 0: evenly
    if (this.unit) {
      this.bottom = Math.asinh(low / this.unit);
      this.span = Math.asinh(high / this.unit) - this.bottom;
    }
  }

  value(position) {
    const at = Math.min(1, Math.max(0, position));
    const value = this.unit
      ? this.unit * Math.sinh(this.bottom + at * this.span)
      : this.low + at * (this.high - this.low);
    return Math.min(this.high, Math.max(this.low, value));
  }

  position(value) {
    return this.unit
      ? (Math.asinh(value / this.unit) - this.bottom) / this.span
      : (value - this.low) / (this.high - this.low);
  }
}
