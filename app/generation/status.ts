/** Where a generation stands, from real events only. Seconds count since the host was asked. */
export type LiveStatus =
  | { state: "queued"; place: number }
  | { state: "loading"; model: string; seconds: number }
  | { state: "waiting"; model: string; seconds: number }
  | { state: "thinking" }
  | { state: "writing" };
