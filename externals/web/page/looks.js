// What there is to see of a piece: its sound, and what a network has learnt.
import { find, make } from "./dom.js";
import { Orbits, Ring } from "./orbits.js";
import { Scope } from "./scope.js";
import { marks, Spectrogram } from "./spectrogram.js";
import { Weights } from "./weights.js";

const MANY = 20000; // weights; of more, no picture is made

export class Looks {
  constructor(player) {
    const { output, context } = player;
    this.player = player;
    this.context = context;
    this.scope = new Scope(find("scope"), output);
    this.spectrogram = new Spectrogram(find("spectrogram"), output);
    this.weights = new Weights(find("weights"), (first, values) => this.#drawn(first, values));
    const hint = find("hint").textContent;
    this.weights.ondescribe = (text) => (find("hint").textContent = text || hint);
    this.orbits = new Orbits(find("orbits"));
    this.ring = new Ring(find("ring"));
    for (const [hz, top] of marks(context.sampleRate))
      find("marks").append(make("span", { style: `top: ${100 * top}%` }, hz < 1000 ? `${hz} Hz` : `${hz / 1000} kHz`));
  }

  /** Looks at another network. */
  of(net) {
    if (this.net) this.net.look = false;
    this.net?.removeEventListener("learnt", this.listener);
    this.net = net;
    this.listener = ({ detail: [tensors] }) => this.#take(tensors);
    net.addEventListener("learnt", this.listener);
    net.addEventListener("values", () => {
      if (net === this.net && !find("many").hidden) net.look = true; // there may be fewer now
    });
    net.look = true;
    const turns = net.model === "unlearn";
    find("unlearning").hidden = !turns;
    find("drawing").hidden = turns;
  }

  #take(tensors) {
    this.learnt = tensors; // the newest, also for tests
    const count = Object.values(tensors).reduce((sum, { numbers }) => sum + numbers.length, 0);
    find("many").hidden = count <= MANY;
    if (count > MANY) this.net.look = false;
    else if (this.net.model === "unlearn") {
      this.orbits.take(tensors);
      this.ring.take(tensors, this.context.sampleRate);
    } else this.weights.take(tensors);
  }

  #drawn(first, values) {
    this.player.piece.cut("weights");
    this.net.send("weights", first, ...values);
  }

  draw(seconds, sounds) {
    this.scope.draw();
    this.spectrogram.draw(seconds, sounds);
    if (this.net?.model === "unlearn") {
      this.orbits.draw();
      this.ring.draw(sounds ? seconds : 0);
    } else this.weights.draw();
  }
}
