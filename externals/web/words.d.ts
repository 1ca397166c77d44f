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
