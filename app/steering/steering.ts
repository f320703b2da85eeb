/**
 * How answers are to be written: what a person sets for a conversation, for a model or for all of them. What
 * is absent is left to the next wider default, and in the end to the host.
 */
export interface Steering {
  /** Empty: none, whatever a wider default says. */
  system?: string;
  temperature?: number;
  top_p?: number;
  top_k?: number;
  min_p?: number;
  seed?: number;
  num_ctx?: number;
  num_predict?: number;
  repeat_penalty?: number;
  stop?: string[];
  /** A Go duration ("5m") or seconds as text; negative keeps the model for ever. */
  keep_alive?: string;
  think?: Think;
}

export type Think = "off" | "on" | "low" | "medium" | "high";

/** What a generation was asked with beside its messages. */
export type Asked = Omit<Steering, "system"> & {
  /** How many characters of text were sent, instructions among them. */
  characters?: number;
  pictures?: number;
  /** How many messages, without the instructions. */
  turns?: number;
  /** The characters of the instructions and the last message: what a host never leaves out whole. */
  lastCharacters?: number;
  /** An answer that was begun was gone on with, so that figures are those of its last part. */
  continued?: boolean;
};

/** Where something that is in force was set, narrowest first. */
export const LAYERS = ["conversation", "model", "person"] as const;
export type Layer = (typeof LAYERS)[number];
export type Layers = Record<Layer, Steering>;

/** What is in force: of each option what the narrowest layer says. */
export function steeringInForce({ conversation, model, person }: Layers): Steering {
  return { ...person, ...model, ...conversation };
}
