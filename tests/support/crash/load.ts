import { chunksOf } from "../page";
import type { RunningParley } from "../process";
import type { Random } from "../random";
import type { Visitor } from "../visitor";
import { SLOWLY } from "./answers";
import { type Kept, lastAnswer, plainHtml } from "./database";

/** What browsers have seen and been told before a kill. */
export interface Witnessed {
  /** Prompts whose POST was answered with 303. */
  acknowledged: string[];
  sightings: Sighting[];
}

/** What the browsers do: `steady` ones ask for answers that outlast Parley, and for nothing else. */
export interface Load {
  name: string;
  steady: boolean;
  /** Aborted once Parley is gone. */
  gone: AbortSignal;
}

const BROWSERS = 7;
const MODEL = "gemma3:4b";

/**
 * Several browsers that talk to Parley until it is gone: each sends something, reads the answer in one way
 * or the other, to its end or for a moment, and goes on. `known` is what conversations there were before.
 */
export async function putLoadOn(
  parley: RunningParley,
  known: Kept,
  { name, steady, gone }: Load,
  random: Random,
): Promise<Witnessed> {
  const witnessed: Witnessed = { acknowledged: [], sightings: [] };
  const saw = (sighting: Sighting) => witnessed.sightings.push(sighting);

  async function browser(number: number): Promise<void> {
    for (let turn = 0; !gone.aborted; turn++) {
      const path = await send(`${name}, browser ${number}, turn ${turn}${steady ? SLOWLY : ""}`);
      if (path === undefined) continue;
      const read = random.pick([readDocument, readEvents]);
      if (random.chance(0.2)) await (await parley.fetch(path)).body?.cancel();
      await read(parley, path, saw);
    }
  }

  /** Sends a prompt, or continues an answer; gives the path to look at, where it was taken. */
  async function send(prompt: string): Promise<string | undefined> {
    const conversations = [...new Set([...known.answers.values()].map((a) => a.conversationId))];
    const interrupted = known.generations.filter(({ state }) => state === "interrupted");
    const kind = random.next();
    if (kind < 0.2 && !steady && interrupted.length > 0) {
      return taken(
        await parley.post(`/messages/${random.pick(interrupted).messageId}/continue`, {}),
      );
    }
    const path =
      kind < 0.4 && conversations.length > 0
        ? `/conversations/${random.pick(conversations)}/messages`
        : "/conversations";
    const location = taken(await parley.post(path, { prompt, model: MODEL }));
    if (location) witnessed.acknowledged.push(prompt);
    return location;
  }

  // A request that fails is how a browser learns that Parley is gone.
  await Promise.allSettled(Array.from({ length: BROWSERS }, (_, number) => browser(number)));
  return witnessed;
}

/** Where a form leads; undefined where it was refused, as while an answer is still being written there. */
function taken(response: Response): string | undefined {
  void response.body?.cancel();
  return response.status === 303 ? (response.headers.get("location") ?? undefined) : undefined;
}

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
