export interface Chunk {
  kind: "thinking" | "content";
  text: string;
}

const OPEN = "<think>";
const CLOSE = "</think>";
const MOST_WHITE_SPACE = 1_000;

/** Finds the `<think>…</think>` that misconfigured models write first; call it with `undefined` at the end. */
export function thinkTagSplitter(): (content: string | undefined) => Chunk[] {
  let pending = "";
  let place: "before" | "inside" | "gap" | "after" = "before";
  return (content) => {
    if (place === "after") return chunkOf("content", content ?? "");
    pending += content ?? "";
    const last = content === undefined;
    const chunks: Chunk[] = [];
    if (place === "before") {
      const start = pending.trimStart();
      const short = start.length < OPEN.length && pending.length - start.length <= MOST_WHITE_SPACE;
      if (!last && short && OPEN.startsWith(start)) return chunks;
      place = start.startsWith(OPEN) ? "inside" : "after";
      if (place === "inside") pending = start.slice(OPEN.length);
    }
    if (place === "inside") {
      const close = pending.indexOf(CLOSE);
      const end = close >= 0 ? close : pending.length - (last ? 0 : partialTagLength(pending));
      chunks.push(...chunkOf("thinking", pending.slice(0, end)));
      pending = pending.slice(close >= 0 ? close + CLOSE.length : end);
      if (close >= 0) place = "gap";
    }
    if (place === "gap") {
      pending = pending.trimStart();
      if (pending !== "") place = "after";
    }
    if (place === "after") {
      chunks.push(...chunkOf("content", pending));
      pending = "";
    }
    return chunks;
  };
}

function partialTagLength(text: string): number {
  for (let n = Math.min(CLOSE.length - 1, text.length); n > 0; n--) {
    if (CLOSE.startsWith(text.slice(-n))) return n;
  }
  return 0;
}

function chunkOf(kind: Chunk["kind"], text: string): Chunk[] {
  return text === "" ? [] : [{ kind, text }];
}
