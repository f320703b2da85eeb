export interface Chunk {
  kind: "thinking" | "content";
  text: string;
}

const OPEN = "<think>";
const CLOSE = "</think>";
const MOST_WHITE_SPACE = 1_000;

/**
 * Finds the `<think>…</think>` that misconfigured models write first. The returned function takes content as it
 * comes and holds back only what may be a tag. Call it with `undefined` at the end.
 */
export function thinkTagSplitter(): (content: string | undefined) => Chunk[] {
  let held = "";
  let place: "before" | "inside" | "gap" | "after" = "before";
  return (content) => {
    if (place === "after") return chunkOf("content", content ?? "");
    held += content ?? "";
    const last = content === undefined;
    const chunks: Chunk[] = [];
    if (place === "before") {
      const start = held.trimStart();
      const short = start.length < OPEN.length && held.length - start.length <= MOST_WHITE_SPACE;
      if (!last && short && OPEN.startsWith(start)) return chunks;
      place = start.startsWith(OPEN) ? "inside" : "after";
      if (place === "inside") held = start.slice(OPEN.length);
    }
    if (place === "inside") {
      const close = held.indexOf(CLOSE);
      const end = close >= 0 ? close : held.length - (last ? 0 : heldBack(held));
      chunks.push(...chunkOf("thinking", held.slice(0, end)));
      held = held.slice(close >= 0 ? close + CLOSE.length : end);
      if (close >= 0) place = "gap";
    }
    if (place === "gap") {
      held = held.trimStart();
      if (held !== "") place = "after";
    }
    if (place === "after") {
      chunks.push(...chunkOf("content", held));
      held = "";
    }
    return chunks;
  };
}

function heldBack(text: string): number {
  for (let n = Math.min(CLOSE.length - 1, text.length); n > 0; n--) {
    if (CLOSE.startsWith(text.slice(-n))) return n;
  }
  return 0;
}

function chunkOf(kind: Chunk["kind"], text: string): Chunk[] {
  return text === "" ? [] : [{ kind, text }];
}
