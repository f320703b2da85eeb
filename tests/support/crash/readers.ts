import { chunksOf } from "../page";
import type { Visitor } from "../visitor";
import { lastAnswer, plainHtml } from "./plain";

/** What a reader saw of an answer at one moment, as plain text. */
export interface Sighting {
  messageId: string;
  /** Unix milliseconds, taken once the text was there. */
  at: number;
  text: string;
}

/** Reads a conversation until its stream ends or breaks off, and tells all that it sees. */
export type Reader = (
  parley: Visitor,
  path: string,
  saw: (sighting: Sighting) => void,
) => Promise<void>;

/** Reads the document that streams, as a browser without script does. */
export const readDocument: Reader = async (parley, path, saw) => {
  let page = "";
  for await (const chunk of chunksOf(await parley.fetch(path))) {
    page += chunk;
    const answer = lastAnswer(page);
    if (answer) saw({ ...answer, at: Date.now() });
  }
};

/** Reads the event stream, as the browser script does. */
export const readEvents: Reader = async (parley, path, saw) => {
  let rest = "";
  const place = new AnswerPlace();
  for await (const chunk of chunksOf(await parley.fetch(`${path.split("#")[0]}/events`))) {
    const events = (rest + chunk).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) place.take(event.replaceAll("\ndata: ", "\n"));
    const { messageId, text } = place;
    if (messageId) saw({ messageId, text, at: Date.now() });
  }
};

/** `#answer-…` and `#tail-…` name the message; `.tail` is the one that is being written. */
const PARTIAL =
  /<hx-partial hx-target="[#.](tail|answer)(?:-([0-9a-f-]+))?[^"]*" hx-swap="(\w+)">(.*?)<\/hx-partial>/gs;

/** The place on a page where events put an answer together. */
class AnswerPlace {
  messageId = "";
  #closed = "";
  #tail = "";

  get text(): string {
    return this.#closed + this.#tail;
  }

  take(event: string): void {
    for (const [, part, messageId, swap, html = ""] of event.matchAll(PARTIAL)) {
      this.messageId = messageId ?? this.messageId;
      const text = plainHtml(html);
      if (part === "answer") [this.#closed, this.#tail] = [text, ""];
      else if (swap === "beforebegin") this.#closed += text;
      else if (swap === "beforeend") this.#tail += text;
      else this.#tail = text;
    }
  }
}
