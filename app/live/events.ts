import { closedBlocks } from "~/components/answer-blocks";
import { statusSentence, unsavedSentence } from "~/components/live-status";
import type { LiveAnswer } from "~/generation/live-answer";
import { changes } from "~/markdown/changes";
import { byteStream } from "~/shared/byte-stream";

/** Proxies may close a connection that is quiet for a minute. */
export const SIGN_OF_LIFE_MS = 15_000;

/** The connection closes with the stream: Parley's time limit for idle connections is lifted for it. */
export const STREAM_HEADERS = {
  Connection: "close",
  "Cache-Control": "no-store, no-transform",
  "X-Accel-Buffering": "no",
};

const SIGN_OF_LIFE = ": still here\n\n";

/** How much of the answer a page shows; the id of its events. */
export interface Position {
  /** The random end of the generation's id: short, since every event carries it. */
  generation: string;
  closed: number;
  thoughts: number;
}

export function formatPosition({ generation, closed, thoughts }: Position): string {
  return `${generation}.${closed}.${thoughts}`;
}

/** Undefined if the text is no event id of Parley's. */
export function parsePosition(id: string | null): Position | undefined {
  const match = /^([0-9a-f]{12})\.(\d{1,9})\.(\d{1,9})$/.exec(id ?? "");
  if (!match?.[1]) return undefined;
  return { generation: match[1], closed: Number(match[2]), thoughts: Number(match[3]) };
}

export function isAt(ids: LiveAnswer["ids"], { generation }: Position): boolean {
  return tagOf(ids) === generation;
}

export function positionOf(answer: LiveAnswer): Position {
  return {
    generation: tagOf(answer.ids),
    closed: answer.markdown.closed.length,
    thoughts: answer.thinking.length,
  };
}

export function eventStream(
  answer: LiveAnswer | undefined,
  from: Position | undefined,
  signal: AbortSignal,
): Response {
  return new Response(byteStream(answerEvents(answer, from, signal)), {
    headers: { ...STREAM_HEADERS, "Content-Type": "text/event-stream; charset=utf-8" },
  });
}

/** Each closed block once, of the open block its growth. `done` at once for another generation: the page reloads. */
async function* answerEvents(
  answer: LiveAnswer | undefined,
  from: Position | undefined,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const stale = from && !(answer && isAt(answer.ids, from));
  if (answer && !stale) {
    const writer = new EventWriter(answer, from);
    while (!signal.aborted) {
      const seen = answer.version;
      const { ended } = answer;
      answer.settle();
      const html = ended ? await writer.finish() : writer.advance();
      if (html) yield event(html, { id: formatPosition(writer.position) });
      if (ended) break;
      await answer.changed(seen, signal, SIGN_OF_LIFE_MS);
      if (answer.version === seen) yield SIGN_OF_LIFE;
    }
  }
  if (!signal.aborted) yield event("", { name: "done" });
}

class EventWriter {
  readonly #answer: LiveAnswer;
  readonly position: Position;
  #status: string | undefined;
  #unsaved: string | undefined;
  #tail: string | undefined;

  constructor(answer: LiveAnswer, from: Position | undefined) {
    this.#answer = answer;
    this.position = from ?? { generation: tagOf(answer.ids), closed: 0, thoughts: 0 };
    const { closed } = answer.markdown;
    // Such a position is forged or from before a crash: begin again.
    if (this.position.closed > closed.length || this.position.thoughts > answer.thinking.length) {
      this.position = { ...this.position, closed: 0, thoughts: 0 };
    }
  }

  advance(): string {
    return (
      this.#statusLine() +
      this.#think() +
      this.#close(this.#answer.markdown.closed) +
      this.#grow() +
      this.#saving()
    );
  }

  async finish(): Promise<string> {
    const { blocks, same } = await this.#answer.markdown.finish();
    const think = this.#think() + this.#saving();
    if (same) return think + this.#close(blocks) + partial(this.#at("tail"), "delete", "");
    return think + partial(this.#at("answer"), "innerHTML", closedBlocks(blocks));
  }

  #statusLine(): string {
    const { status } = this.#answer;
    const sentence = status.state === "writing" ? "" : statusSentence(status);
    if (sentence === this.#status) return "";
    this.#status = sentence;
    return partial(this.#at("status"), "textContent", Bun.escapeHTML(sentence));
  }

  #saving(): string {
    const { unsaved } = this.#answer;
    if (unsaved === this.#unsaved) return "";
    this.#unsaved = unsaved;
    const sentence = unsaved === undefined ? "" : unsavedSentence(unsaved);
    return partial(this.#at("saving"), "textContent", Bun.escapeHTML(sentence));
  }

  #think(): string {
    const gained = this.#answer.thinking.slice(this.position.thoughts);
    if (gained === "") return "";
    const swap = this.position.thoughts === 0 ? "innerHTML" : "beforeend";
    this.position.thoughts = this.#answer.thinking.length;
    return partial(this.#at("thoughts"), swap, Bun.escapeHTML(gained));
  }

  #close(closed: readonly string[]): string {
    const fresh = closed.slice(this.position.closed);
    if (fresh.length === 0) return "";
    this.position.closed = closed.length;
    return partial(this.#at("tail"), "beforebegin", closedBlocks(fresh));
  }

  #grow(): string {
    const before = this.#tail;
    const after = this.#answer.markdown.tailHtml();
    if (before === after) return "";
    this.#tail = after;
    if (before === undefined) return partial(this.#at("tail"), "innerHTML", after);
    return changes(before, after)
      .map(({ depth, swap, html }) =>
        // A class is shorter than the id, and this is sent for every few words.
        partial(`.tail${">:last-child".repeat(depth)}`, swap, html),
      )
      .join("");
  }

  #at(place: "status" | "saving" | "thoughts" | "answer" | "tail"): string {
    return `#${place}-${this.#answer.ids.messageId}`;
  }
}

function tagOf({ generationId }: LiveAnswer["ids"]): string {
  return generationId.slice(-12);
}

function partial(target: string, swap: string, html: string): string {
  return `<hx-partial hx-target="${target}" hx-swap="${swap}">${html}</hx-partial>`;
}

/** Data may have many lines. Throws if the id or name could forge another event. */
function event(data: string, { id, name }: { id?: string; name?: string }): string {
  if (/[\r\n\0]/.test(`${id ?? ""}${name ?? ""}`))
    throw new Error("an event's name and id are one line");
  const head = `${name ? `event: ${name}\n` : ""}${id ? `id: ${id}\n` : ""}`;
  return `${head}data: ${data.replace(/\r\n|\r|\n/g, "\ndata: ")}\n\n`;
}
