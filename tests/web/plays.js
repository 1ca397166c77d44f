// Plays a take in an AudioWorklet, as play.mjs does in node: it says all of it at once, in 64 bits.
import { Box } from "./core.js";
import { play } from "./take.js";

registerProcessor(
  "plays",
  class extends AudioWorkletProcessor {
    constructor({ processorOptions: { module, take, signals } }) {
      super();
      this.port.postMessage(play(Box, module, take, signals));
    }

    process() {
      return false;
    }
  },
);
