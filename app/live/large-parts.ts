import { finalPiece } from "~/components/answer-pieces";
import type { MessageView } from "~/components/message-list";
import type { RequestContext } from "~/http/context";

/** What is larger does not go through Remix, which would write it as JSON three times. */
const LARGE_CHARACTERS = 32 * 1024;

const PIECE = 256 * 1024;
const SLOT = /<large-part>([0-9a-f-]{36})<\/large-part>/;

/** HTML of long answers that stands aside while the page around it is rendered. */
export type LargeParts = Map<string, readonly string[]>;

/** A message with a slot in the place of its HTML where that is large: `withLargeParts` puts it back. */
export function withoutLargeParts<View extends MessageView>(
  context: RequestContext,
  view: View,
): View {
  if (view.role !== "assistant") return view;
  const characters = view.blocks.reduce((sum, block) => sum + block.length, 0);
  if (characters <= LARGE_CHARACTERS) return view;
  const key = crypto.randomUUID();
  context.largeParts ??= new Map();
  context.largeParts.set(key, view.blocks);
  // Nothing that somebody has written can be an element.
  return { ...view, blocks: [`<large-part>${key}</large-part>`] };
}

/** A rendered page with its large parts, in pieces. */
export async function* withLargeParts(
  page: string,
  parts: LargeParts,
): AsyncGenerator<string, void> {
  for (const [index, text] of page.split(SLOT).entries()) {
    if (index % 2 === 0) yield text;
    else yield* inPieces(parts.get(text) ?? []);
  }
}

/** The slot stands in the element of one block: what is between it and the next belongs to each but the last. */
function* inPieces(blocks: readonly string[]): Generator<string, void> {
  const [open = "", close = ""] = finalPiece(MARK).split(MARK);
  let piece = "";
  for (const [index, block] of blocks.entries()) {
    piece += index === 0 ? block : close + open + block;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

const MARK = "\0";
