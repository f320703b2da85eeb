import { closedBlock } from "~/components/answer-blocks";
import type { MessageView } from "~/components/message-list";
import { byteStream } from "~/shared/byte-stream";
import { liveDocument, type Streamed } from "./document";
import { STREAM_HEADERS } from "./events";

/** Longer HTML bypasses Remix, which would also write it as JSON three times. */
const LARGE_CHARACTERS = 32 * 1024;

const CHUNK_CHARACTERS = 256 * 1024;
const SLOT = /<large-part>([0-9a-f-]{36})<\/large-part>/;
const MARK = "\0";

/** The body of a page's response, with what is inserted after rendering. */
export class PageBody {
  readonly #largeParts = new Map<string, readonly string[]>();
  #streamed: Streamed | undefined;

  stream(streamed: Streamed): void {
    this.#streamed = streamed;
  }

  /** Replaces large HTML by a slot, which `response` fills. */
  withoutLargeParts<View extends MessageView>(view: View): View {
    if (view.role !== "assistant") return view;
    const characters = view.blocks.reduce((sum, block) => sum + block.length, 0);
    if (characters <= LARGE_CHARACTERS) return view;
    const key = crypto.randomUUID();
    this.#largeParts.set(key, view.blocks);
    // Answers cannot contain elements, so none looks like a slot.
    return { ...view, blocks: [`<large-part>${key}</large-part>`] };
  }

  async response(
    rendered: ReadableStream,
    { status, headers }: { status: number; headers: Headers },
    { request, keepOpen }: { request: Request; keepOpen(): void },
  ): Promise<Response> {
    if (!this.#streamed && this.#largeParts.size === 0) {
      return new Response(rendered, { status, headers });
    }
    const chunks = this.#withLargeParts(await new Response(rendered).text());
    if (!this.#streamed) return new Response(byteStream(chunks), { status, headers });
    for (const [name, value] of Object.entries(STREAM_HEADERS)) headers.set(name, value);
    keepOpen();
    const page = (await Array.fromAsync(chunks)).join("");
    // Text browsers do not send this header.
    const openBlocks = request.headers.has("sec-fetch-mode");
    const html = liveDocument(page, this.#streamed, openBlocks, request.signal);
    return new Response(byteStream(html), { status, headers });
  }

  async *#withLargeParts(page: string): AsyncGenerator<string, void> {
    for (const [index, text] of page.split(SLOT).entries()) {
      if (index % 2 === 0) yield text;
      else yield* inChunks(this.#largeParts.get(text) ?? []);
    }
  }
}

/** A slot is inside the element of one block: tags are needed between blocks only. */
function* inChunks(blocks: readonly string[]): Generator<string, void> {
  const [open = "", close = ""] = closedBlock(MARK).split(MARK);
  let chunk = "";
  for (const [index, block] of blocks.entries()) {
    chunk += index === 0 ? block : close + open + block;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}
