// What sounds: a context, the models, and one piece at a time. It begins and ends softly.
import { load } from "../index.js";
import { Output } from "./output.js";
import { Piece } from "./piece.js";
import { scores } from "./scores.js";

const RATE = 48000; // Hz: at any other an example is another

export class Player {
  context;
  specml;
  output;
  line;
  sounds = []; // AudioBuffers of sound files, by the inlet that hears them
  #microphone;
  /** @type {Promise<unknown>} */
  #opening = Promise.resolve();

  /** line(text, level): what there is to say. */
  static async make(line) {
    const player = new Player();
    player.context = new AudioContext({ sampleRate: RATE });
    player.context.suspend().catch(() => {}); // a browser may have let it begin
    [player.specml] = await Promise.all([load(player.context), Output.prepare(player.context)]);
    player.output = new Output(player.context);
    player.line = line;
    player.playing = false;
    return player;
  }

  /** Another piece, after what has been asked for before; throws why it cannot be, and the old one plays on. */
  open(state, file) {
    const opened = this.#opening.then(() => this.#open(state, file));
    this.#opening = opened.catch(() => {});
    return opened;
  }

  async #open(state, file) {
    const { context, specml, sounds } = this;
    const stage = { context, specml, sounds, microphone: () => this.microphone() };
    const piece = new Piece(stage, scores.get(state.name), state, file);
    if (this.playing) await this.output.fadeOut();
    this.piece?.end();
    this.piece = piece;
    piece.leave.connect(this.output.enter);
    piece.heard.connect(this.output.heard);
    piece.said.connect(this.output.said);
    if (this.playing) this.output.fadeIn();
    return piece;
  }

  async play() {
    this.playing = true;
    await this.context.resume();
    if (this.playing) this.output.fadeIn();
  }

  async rest() {
    this.playing = false;
    await this.output.fadeOut();
    if (!this.playing) await this.context.suspend();
  }

  /** A promise of its node, which is asked for when it is first wanted. */
  microphone() {
    this.#microphone ??= this.#ask().catch((error) => {
      this.#microphone = undefined;
      this.line(`no microphone: ${error.message}`, "error");
      throw error;
    });
    return this.#microphone;
  }

  async #ask() {
    if (!navigator.mediaDevices) throw new Error("a page has one only by https or on localhost");
    const untouched = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const stream = await navigator.mediaDevices.getUserMedia({ audio: untouched });
    this.line("headphones on: what plays is heard by the microphone", "warning");
    return new MediaStreamAudioSourceNode(this.context, { mediaStream: stream });
  }
}
