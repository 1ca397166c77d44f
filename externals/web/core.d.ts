import type { Model } from "./words.js";

export type Word = string | number;
export interface Tensor {
  shape: [rows: number, columns: number];
  /** (rows * columns,), row by row */
  numbers: Float64Array;
}
/** What one network has learnt, by the names of docs/state.md. */
export type Learnt = Record<string, Tensor>;

/** Whether specml-simd.wasm runs here, which is quicker than specml.wasm; its bits are the same. */
export function hasVectors(): boolean;

/** Text of UTF-8. */
export function encode(text: string): Uint8Array;
export function decode(bytes: Uint8Array): string;

export interface BoxOptions {
  /** Hz, default 48000 */
  samplerate?: number;
  /** hears errors and warnings */
  say?: (level: "error" | "warning", text: string) => void;
  /** hears facts */
  tell?: (name: string, list: Word[]) => void;
  /** what it may read; what it writes is in `files` */
  files?: Iterable<[name: string, bytes: Uint8Array]>;
}

/** A box for whoever has a thread for it: a page, a worker, node. */
export class Box {
  /** @throws Error with the reasons, if there can be no such box */
  constructor(module: WebAssembly.Module, model: Model, said?: string | Word[], options?: BoxOptions);
  readonly files: Map<string, Uint8Array>;
  /** inlets that are signals in any case; the controls come after them */
  readonly sources: number;
  readonly controls: string[];
  /** false after an error */
  message(...words: Word[]): boolean;
  values(): Record<string, Word>;
  /** inlets: sources, then controls; of channels, (n,) each; none: it holds its value */
  process(inlets: ArrayLike<number>[][], n: number): Float64Array[][];
  learnt(): Learnt[];
}
