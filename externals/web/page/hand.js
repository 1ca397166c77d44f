// The hand of multislider: every 3 s it draws an arch over 20 weights, and moves lr and ridge.
import { random } from "./signals.js";

const PERIOD = 3,
  ARCH = 20;
/** what it moves, and leaves alone when somebody else does */
export const HANDS = new Set(["weights", "lr", "ridge"]);

export class Hand {
  constructor(net, seed, context) {
    const draw = random(seed + 1);
    let next = context.currentTime + PERIOD;
    // the clock of the sound: while it rests, so does the hand
    this.timer = setInterval(() => {
      if (context.currentTime < next) return;
      next = context.currentTime + PERIOD;
      const [place, height, lr, ridge] = Array.from({ length: 4 }, () => (draw() + 1) / 2);
      const weights = net.values.width * (net.values.size + 2) + 1;
      const first = Math.floor(place * Math.max(0, weights - ARCH));
      const arch = Array.from({ length: Math.min(ARCH, weights) }, (_, k) => {
        const x = (2 * k - (ARCH - 1)) / (ARCH - 1);
        return (2 * height - 1) * (1 - x * x);
      });
      net.send("weights", first, ...arch);
      net.send("lr", Number((0.5 * lr ** 4).toPrecision(3)));
      net.send("ridge", Number((1e-6 + (1e-2 - 1e-6) * ridge ** 4).toPrecision(3)));
    }, 100);
  }

  end() {
    clearInterval(this.timer);
  }
}
