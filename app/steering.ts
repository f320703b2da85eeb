/**
 * How answers are to be written: what a person sets for a conversation, for a model or for all of them. What
 * is absent is left to the next wider default, and in the end to the host.
 */
export interface Steering {
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
export type Asked = Omit<Steering, "system">;
