import { closedBlocks, OPEN_BLOCK_START } from "~/components/answer-blocks";
import { LIVE_SLOT, NEXT_SLOT } from "~/components/live-answer";
import { statusSentence, unsavedSentence } from "~/components/live-status";
import type { LiveAnswer } from "~/generation/live-answer";
import { SIGN_OF_LIFE_MS } from "./events";

export interface Streamed {
  answer: LiveAnswer;
  foot(): Promise<string>;
  after(): Promise<NextTurns>;
}

/** HTML of the next turns, with a slot for the last answer if it is still being written. */
export interface NextTurns {
  html: string;
  streamed?: Streamed;
}

/**
 * A page with its answer streamed into it. Sent HTML cannot be changed: CSS hides an `.open-block` (not sent to
 * text browsers) once its `.closed-block` follows. Later answers follow too: a reload would lose text being typed.
 */
export async function* liveDocument(
  page: string,
  { answer, foot, after }: Streamed,
  openBlocks: boolean,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const [before = "", rest = ""] = page.split(LIVE_SLOT);
  const [close = "", end = ""] = rest.split(NEXT_SLOT);
  yield before;
  yield* answerHtml(answer, openBlocks, signal);
  if (signal.aborted) return;
  yield (await foot()) + close;
  const { html, streamed } = await after();
  if (streamed) yield* liveDocument(html, streamed, openBlocks, signal);
  else yield html;
  if (!signal.aborted) yield end;
}

async function* answerHtml(
  answer: LiveAnswer,
  openBlocks: boolean,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const writer = new DocumentWriter(answer, openBlocks);
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
  readonly #openBlocks: boolean;
  #status = "";
  #thinking: "none" | "open" | "over" = "none";
  #thoughts = 0;
  #begun = false;
  #closed = 0;
  #sent: number | undefined;
  /** The notice about unsaved text that is visible now; one inside an open block disappears with it. */
  #unsaved = "";
  #unsavedInBlock: string | undefined;

  constructor(answer: LiveAnswer, openBlocks: boolean) {
    this.#answer = answer;
    this.#openBlocks = openBlocks;
  }

  advance(): string {
    return this.#statusLine() + this.#think() + this.#write() + this.#saving();
  }

  async finish(): Promise<string> {
    const { blocks, same } = await this.#answer.markdown.finish();
    let html = this.#endThinking();
    if (!this.#begun) html += this.#beginAnswer();
    html += same
      ? this.#close(blocks)
      : `${this.#endOpenBlock()}</div>${this.#beginAnswer()}${closedBlocks(blocks)}`;
    return `${html}${this.#saving()}</div>`;
  }

  #saving(): string {
    const { unsaved } = this.#answer;
    const sentence = unsaved === undefined ? "" : unsavedSentence(unsaved);
    if (sentence === (this.#unsavedInBlock ?? this.#unsaved)) return "";
    if (this.#sent === undefined && this.#thinking !== "open") this.#unsaved = sentence;
    else this.#unsavedInBlock = sentence;
    return `<p class="saving">${Bun.escapeHTML(sentence || "Saved.")}</p>`;
  }

  #statusLine(): string {
    const { status } = this.#answer;
    const sentence = statusSentence(status);
    if (sentence === this.#status || this.#begun || this.#thinking !== "none") return "";
    this.#status = sentence;
    return status.state === "writing" ? "" : `<p class="status">${Bun.escapeHTML(sentence)}</p>`;
  }

  #think(): string {
    const { thinking } = this.#answer;
    if (!this.#openBlocks || thinking.length === 0 || this.#thinking === "over") return "";
    const start = this.#thinking === "none" ? this.#endStatus() + thinkingStart(true) : "";
    this.#thinking = "open";
    const html = start + Bun.escapeHTML(thinking.slice(this.#thoughts));
    this.#thoughts = thinking.length;
    return html;
  }

  #endThinking(): string {
    const { thinking } = this.#answer;
    if (thinking.length === 0 || this.#thinking === "over") return "";
    const end = this.#thinking === "open" ? THINKING_END : "";
    this.#thinking = "over";
    this.#unsavedInBlock = undefined;
    return `${end}${thinkingStart(false)}${Bun.escapeHTML(thinking.toString())}${THINKING_END}`;
  }

  #write(): string {
    const { markdown } = this.#answer;
    const { closed, tailText } = markdown;
    const closes = this.#closed < closed.length;
    const from = (closes ? undefined : this.#sent) ?? textStart(tailText);
    const grows = this.#openBlocks && from < tailText.length;
    if (!closes && !grows) return "";
    let html = this.#begun ? "" : this.#endThinking() + this.#beginAnswer();
    if (closes) html += this.#close(closed);
    if (!grows) return html;
    if (this.#sent === undefined) html += OPEN_BLOCK_START;
    html += Bun.escapeHTML(tailText.slice(from));
    this.#sent = tailText.length;
    return html;
  }

  #beginAnswer(): string {
    const end = this.#endStatus();
    this.#begun = true;
    return `${end}<div class="answer">`;
  }

  /** An empty element hides the old status: Chromium rematches `:has()` only when the element sought is closed. */
  #endStatus(): string {
    if (this.#status === "") return "";
    this.#status = "";
    return '<p class="status"></p>';
  }

  #close(blocks: readonly string[]): string {
    const html = this.#endOpenBlock() + closedBlocks(blocks.slice(this.#closed));
    this.#closed = blocks.length;
    return html;
  }

  #endOpenBlock(): string {
    if (this.#sent === undefined) return "";
    this.#sent = undefined;
    this.#unsavedInBlock = undefined;
    return "</div>";
  }
}

/** Skips space that Markdown drops, but not the four spaces that start code. */
function textStart(text: string): number {
  const first = text.search(/\S/);
  if (first < 0) return text.length;
  const line = text.lastIndexOf("\n", first) + 1;
  return first - line > 3 ? line : first;
}

const THINKING_END = "</div></details>";

function thinkingStart(open: boolean): string {
  return `<details class="thinking"${open ? " open" : ""}><summary>Thinking</summary><div class="thoughts" dir="auto"${open ? ' tabindex="0"' : ""}>`;
}
