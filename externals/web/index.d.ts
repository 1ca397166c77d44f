/** What a model may be told, made from the tables of every host. */
export interface Setting {
  name: string;
  line: string;
  unit: string;
  kind: "real" | "whole" | "choice" | "switch";
  effect: "moves" | "rebuilds" | "changes" | "at reset" | "redraws" | "at once" | "presets" | "box only";
  low: number;
  high: number;
  initial: number;
  choices?: string[];
}
export interface Message {
  name: string;
  takes: string;
  line: string;
}
export type Model = "autoregnn" | "autoregnn2" | "unlearn";
export const words: Record<
  Model,
  { sources: number; controls: string[]; arguments: string[]; settings: Setting[]; messages: Message[] }
>;

export type Word = string | number;
export interface Tensor {
  shape: [rows: number, columns: number];
  /** (rows * columns,), row by row */
  numbers: Float64Array;
}
/** What one network has learnt, by the names of docs/state.md. */
export type Learnt = Record<string, Tensor>;

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
  addEventListener(type: string, heard: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: "say", heard: (e: CustomEvent<{ level: "error" | "warning"; text: string }>) => void): void;
  addEventListener(type: "tell", heard: (e: CustomEvent<{ name: string; list: Word[] }>) => void): void;
  addEventListener(type: "values", heard: (e: CustomEvent<Record<string, Word>>) => void): void;
  addEventListener(type: "learnt", heard: (e: CustomEvent<Learnt[]>) => void): void;
}

/** A box for whoever has a thread for it: a page, a worker, node. */
export class Box {
  /** @throws Error with the reasons, if there can be no such box */
  constructor(
    module: WebAssembly.Module,
    model: Model,
    said?: string | Word[],
    options?: {
      /** Hz, default 48000 */
      samplerate?: number;
      say?: (level: "error" | "warning", text: string) => void;
      tell?: (name: string, list: Word[]) => void;
      /** what it may read; what it writes is in `files` */
      files?: Iterable<[name: string, bytes: Uint8Array]>;
    },
  );
  readonly files: Map<string, Uint8Array>;
  readonly controls: string[];
  /** false after an error */
  message(...words: Word[]): boolean;
  values(): Record<string, Word>;
  /** inlets: sources, then controls; of channels, (n,) each; none: it holds its value */
  process(inlets: ArrayLike<number>[][], n: number): Float64Array[][];
  learnt(): Learnt[];
}
