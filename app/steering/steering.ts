/** Settings of a conversation, a model or a person. Absent ones come from the next wider layer, then the host. */
export interface Steering {
  /** Empty: none, even if a wider layer has some. */
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
  /** A Go duration ("5m") or seconds; negative keeps the model loaded. */
  keep_alive?: string;
  think?: Think;
}

export type Think = "off" | "on" | "low" | "medium" | "high";

/** What a generation's request had besides its messages. */
export type Asked = Omit<Steering, "system"> & {
  /** Sent in all, with the instructions. */
  characters?: number;
  pictures?: number;
  /** Messages, without the instructions. */
  turns?: number;
  /** Of the instructions and the last message, which a host never omits. */
  lastCharacters?: number;
  /** It continued an answer, so the counts are of the last part only. */
  continued?: boolean;
};

/** Narrowest first. */
export const LAYERS = ["conversation", "model", "person"] as const;
export type Layer = (typeof LAYERS)[number];
export type Layers = Record<Layer, Steering>;

/** Each option from the narrowest layer that sets it. */
export function steeringInForce({ conversation, model, person }: Layers): Steering {
  return { ...person, ...model, ...conversation };
}
