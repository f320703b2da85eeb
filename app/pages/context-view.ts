import type { ContextView } from "~/components/composer-notes";
import { estimateContext } from "~/conversations/context-estimate";
import type { LooseFile } from "~/db/files";
import { ratioOf } from "~/generation/token-ratio";
import type { Model } from "~/models/catalog";
import { PICTURE_TOKENS } from "~/shared/context-usage";
import type { Steering } from "~/steering/steering";
import type { RequestContext } from "./context";

/** What the form of a composer begins with: a prompt that came back. */
export interface GivenPrompt {
  prompt: string;
  files?: readonly LooseFile[] | undefined;
}

/**
 * About how full the context of a model is: on the branch that ends with `leafId`, or of a conversation that
 * has not begun. `steering` is what is in force. The branch itself is not read.
 */
export async function contextView(
  { db }: RequestContext,
  branch: { conversationId: string; leafId: string } | undefined,
  model: Model | undefined,
  steering: Steering,
  given: GivenPrompt | undefined,
): Promise<ContextView> {
  const leaf = branch && (await db.messages.find(branch.leafId));
  const known = model && (await db.modelCounts.of(model.digest));
  const estimate = estimateContext({
    measured: leaf && (await db.generations.measured(leaf.id)),
    pathCharacters: leaf?.pathCharacters ?? 0,
    pathPictures: leaf?.pathPictures ?? 0,
    instructions: steering.system?.length ?? 0,
    modelDigest: model?.digest,
    ratio: ratioOf(known),
  });
  const here =
    branch && model && (await db.generations.lastContext(branch.conversationId, model.name));
  const elsewhere =
    known && known.contextTokens !== null
      ? { contextTokens: known.contextTokens, numCtx: known.numCtx ?? undefined }
      : undefined;
  const of = contextLength(model, steering, here ?? elsewhere);
  return {
    ...estimate,
    given: given ? tokensOf(given, estimate.tokensPerCharacter) : 0,
    ...(model ? { model: model.name } : {}),
    ...(of === undefined ? {} : { of }),
  };
}

function tokensOf({ prompt, files = [] }: GivenPrompt, tokensPerCharacter: number): number {
  const pictures = files.filter(({ kind }) => kind === "picture").length;
  const characters = files.reduce((sum, file) => sum + (file.characters ?? 0), prompt.length);
  return tokensPerCharacter * characters + PICTURE_TOKENS * pictures;
}

/** The only truthful number is what the loaded model held; it holds as long as nothing else is asked for. */
function contextLength(
  model: Model | undefined,
  { num_ctx: wanted }: Steering,
  last: { contextTokens: number; numCtx: number | undefined } | undefined,
): number | undefined {
  if (last && last.numCtx === wanted) return last.contextTokens;
  const next = wanted ?? model?.ownContext;
  return next === undefined ? undefined : Math.min(next, model?.contextLength ?? next);
}
