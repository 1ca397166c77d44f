import type { Learnt, Word } from "./core.js";
import type { Model } from "./words.js";

export { Box, type BoxOptions, type Learnt, type Tensor, type Word } from "./core.js";
export { type Message, type Model, type Setting, words } from "./words.js";

export interface Options {
  /** networks side by side, one for each channel; default 1; not for unlearn */
  channels?: number;
  /** signals that unlearn says, which all its neurons are mixed into; default 2 */
  outs?: number;
  /** bytes of a state file to begin with */
  state?: Uint8Array;
}

/** Brings the module to a context, live or offline; folder: where this file is, if it is elsewhere. */
export function load(
  context: BaseAudioContext,
  folder?: URL | string,
): Promise<{ node(model: Model, said?: string, options?: Options): SpecmlNode }>;

/** A box. What moves are `parameters`; outputs are what it says and, beside it, its errors. */
export class SpecmlNode extends AudioWorkletNode {
  readonly model: Model;
  /** all settings, as the sound last told them */
  readonly values: Record<string, Word>;
  /** send("seed", 3), send("preset clicks") */
  send(...message: Word[]): void;
  /** true: a "learnt" event some 30 times a second */
  set look(on: boolean);
  /** The bytes of a state file, which every host reads. */
  write(): Promise<Uint8Array>;
  /** Ends it for good: a node that is only disconnected goes on computing. */
  end(): void;
  read(bytes: Uint8Array, options?: { weights?: boolean }): void;
  addEventListener(
    type: string,
    heard: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: "say", heard: (e: CustomEvent<{ level: "error" | "warning"; text: string }>) => void): void;
  addEventListener(type: "tell", heard: (e: CustomEvent<{ name: string; list: Word[] }>) => void): void;
  addEventListener(type: "values", heard: (e: CustomEvent<Record<string, Word>>) => void): void;
  addEventListener(type: "learnt", heard: (e: CustomEvent<Learnt[]>) => void): void;
}
