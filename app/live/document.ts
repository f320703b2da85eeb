import { DRAFT_OPENING, finalPieces } from "~/components/answer-pieces";
import { LIVE_SLOT, NEXT_SLOT } from "~/components/live-answer";
import { statusSentence, unsavedSentence } from "~/components/live-status";
import type { LiveAnswer } from "~/generation/live-answer";

/** An answer that a document streams. */
export interface Streamed {
  answer: LiveAnswer;
  /** The HTML of what stands below the answer once it has ended. */
  foot(): Promise<string>;
  /** What has followed the answer by then: prompts that waited, with their answers. */
  after(): Promise<Followed>;
}

/** What stands behind a streamed answer: HTML, with a slot of its own where a further answer is being written. */
export interface Followed {
  html: string;
  streamed?: Streamed;
}

/** A proxy that hears nothing for a minute may hang up. */
const SIGN_OF_LIFE_MS = 15_000;

/**
 * The page with its answer written into it while it comes. HTML cannot be taken back once it is sent, so
 * an open block goes out as text in `.draft`; once it is closed, its final HTML in `.final` follows and
 * a rule of CSS hides the draft. The same holds for status lines, for the thinking, and for the answer
 * whole where the last render came out different.
 *
 * `drafts`: open blocks as escaped text too; text browsers, which cannot hide them again, get closed blocks
 * only. Where a prompt waited, its answer follows in the same document: whoever writes in it is not disturbed.
 */
export async function* liveDocument(
  page: string,
  { answer, foot, after }: Streamed,
  drafts: boolean,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const [before = "", rest = ""] = page.split(LIVE_SLOT);
  const [close = "", end = ""] = rest.split(NEXT_SLOT);
  yield before;
  yield* written(answer, drafts, signal);
  if (signal.aborted) return;
  yield (await foot()) + close;
  const { html, streamed } = await after();
  if (streamed) yield* liveDocument(html, streamed, drafts, signal);
  else yield html;
  if (!signal.aborted) yield end;
}

/** An answer as it comes, to its end. */
async function* written(
  answer: LiveAnswer,
  drafts: boolean,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const writer = new DocumentWriter(answer, drafts);
  while (!signal.aborted) {
    const seen = answer.version;
    const { ended } = answer;
    answer.settle();
    const html = writer.advance();
    if (html) yield html;
    if (ended) break;
    await answer.changed(seen, signal, SIGN_OF_LIFE_MS);
    if (answer.version === seen) yield "\n";
  }
  if (!signal.aborted) yield await writer.finish();
}

class DocumentWriter {
  readonly #answer: LiveAnswer;
  readonly #drafts: boolean;
  #status = "";
  #thinking: "none" | "open" | "over" = "none";
  #thoughts = 0;
  #open = false;
  #closed = 0;
  /** How much of the open block is out, or undefined where no draft is open. */
  #draft: number | undefined;
  /** What the page says of text that is not saved; a draft takes what is said in it along when it is hidden. */
  #unsaved = "";
  #unsavedInDraft: string | undefined;

  constructor(answer: LiveAnswer, drafts: boolean) {
    this.#answer = answer;
    this.#drafts = drafts;
  }

  /** What came since the last call. */
  advance(): string {
    return this.#statusLine() + this.#think() + this.#write() + this.#saving();
  }

  /** What is left when the answer has ended. */
  async finish(): Promise<string> {
    const { blocks, same } = await this.#answer.markdown.finish();
    let html = this.#endThinking();
    if (!this.#open) html += this.#openAnswer();
    html += same
      ? this.#final(blocks)
      : `${this.#endDraft()}</div>${this.#openAnswer()}${finalPieces(blocks)}`;
    return `${html}${this.#saving()}</div>`;
  }

  /** Says that text is not saved, or that it is by now. */
  #saving(): string {
    const { unsaved } = this.#answer;
    const sentence = unsaved === undefined ? "" : unsavedSentence(unsaved);
    if (sentence === (this.#unsavedInDraft ?? this.#unsaved)) return "";
    if (this.#draft === undefined && this.#thinking !== "open") this.#unsaved = sentence;
    else this.#unsavedInDraft = sentence;
    return `<p class="saving">${Bun.escapeHTML(sentence || "Saved.")}</p>`;
  }

  #statusLine(): string {
    const { status } = this.#answer;
    const sentence = statusSentence(status);
    if (sentence === this.#status || this.#open || this.#thinking !== "none") return "";
    this.#status = sentence;
    // The caret says that it is writing.
    return status.state === "writing" ? "" : `<p class="status">${Bun.escapeHTML(sentence)}</p>`;
  }

  #think(): string {
    const { thinking } = this.#answer;
    if (!this.#drafts || thinking.length === 0 || this.#thinking === "over") return "";
    const start = this.#thinking === "none" ? this.#endStatus() + openThinking(true) : "";
    this.#thinking = "open";
    const html = start + Bun.escapeHTML(thinking.slice(this.#thoughts));
    this.#thoughts = thinking.length;
    return html;
  }

  #endThinking(): string {
    const { thinking } = this.#answer;
    if (thinking.length === 0 || this.#thinking === "over") return "";
    const end = this.#thinking === "open" ? CLOSE_THINKING : "";
    this.#thinking = "over";
    this.#unsavedInDraft = undefined;
    return `${end}${openThinking(false)}${Bun.escapeHTML(thinking.toString())}${CLOSE_THINKING}`;
  }

  #write(): string {
    const { markdown } = this.#answer;
    const { closed, tailText } = markdown;
    const closes = this.#closed < closed.length;
    const from = (closes ? undefined : this.#draft) ?? textBegins(tailText);
    const grows = this.#drafts && from < tailText.length;
    if (!closes && !grows) return "";
    let html = this.#open ? "" : this.#endThinking() + this.#openAnswer();
    if (closes) html += this.#final(closed);
    if (!grows) return html;
    if (this.#draft === undefined) html += DRAFT_OPENING;
    html += Bun.escapeHTML(tailText.slice(from));
    this.#draft = tailText.length;
    return html;
  }

  #openAnswer(): string {
    const end = this.#endStatus();
    this.#open = true;
    return `${end}<div class="answer">`;
  }

  /**
   * Chromium does not match `:has()` again while the element it looks for is still open, so the status would
   * stay until the answer ends. A closed, empty status after it hides it at once.
   */
  #endStatus(): string {
    if (this.#status === "") return "";
    this.#status = "";
    return '<p class="status"></p>';
  }

  #final(blocks: readonly string[]): string {
    const html = this.#endDraft() + finalPieces(blocks.slice(this.#closed));
    this.#closed = blocks.length;
    return html;
  }

  #endDraft(): string {
    if (this.#draft === undefined) return "";
    this.#draft = undefined;
    this.#unsavedInDraft = undefined;
    return "</div>";
  }
}

/** Where the text of a block starts, after space that Markdown drops. Four spaces start code and are kept. */
function textBegins(text: string): number {
  const first = text.search(/\S/);
  if (first < 0) return text.length;
  const line = text.lastIndexOf("\n", first) + 1;
  return first - line > 3 ? line : first;
}

const CLOSE_THINKING = "</div></details>";

function openThinking(open: boolean): string {
  return `<details class="thinking"${open ? " open" : ""}><summary>Thinking</summary><div class="thoughts" dir="auto"${open ? ' tabindex="0"' : ""}>`;
}
