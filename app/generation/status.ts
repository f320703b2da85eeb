/**
 * Where a generation stands, from real events only. Seconds count since the host was asked. `busy`: the host
 * would not take it yet.
 */
export type LiveStatus =
  | { state: "queued"; place: number; busy?: boolean }
  | { state: "loading"; model: string; seconds: number }
  | { state: "waiting"; model: string; seconds: number }
  | { state: "thinking" }
  | { state: "writing" };
