/** Some text of an answer: reasoning, or what is said. */
export interface Chunk {
  kind: "thinking" | "content";
  text: string;
}

const OPEN = "<think>";
const CLOSE = "</think>";
/** A tag comes at once or not at all: more white space than this is text. */
const MOST_WHITE_SPACE = 1_000;

/**
 * A wrongly configured model leaks its tags into the text: `<think>…</think>` at the very beginning.
 * The returned function takes the content as it comes and says which part is thinking; it holds back no
 * more than what could still become a tag. Call it with `undefined` at the end for what it still holds.
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
      // The empty lines between the tag and the answer belong to neither.
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

/** How many characters at the end may be the beginning of a closing tag. */
function heldBack(text: string): number {
  for (let n = Math.min(CLOSE.length - 1, text.length); n > 0; n--) {
    if (CLOSE.startsWith(text.slice(-n))) return n;
  }
  return 0;
}

function chunkOf(kind: Chunk["kind"], text: string): Chunk[] {
  return text === "" ? [] : [{ kind, text }];
}
