import type { ContextView } from "~/components/context-meter";
import { estimateContext } from "~/conversations/context-estimate";
import type { Model } from "~/models/catalog";
import type { Steering } from "~/steering";
import type { RequestContext } from "./context";

/**
 * About how full the context of a model is: on the branch that ends with `leafId`, or of a conversation that
 * has not begun. `steering` is what is in force. The branch itself is not read.
 */
export async function contextView(
  { db, ownerId }: RequestContext,
  branch: { conversationId: string; leafId: string } | undefined,
  model: Model | undefined,
  steering: Steering,
): Promise<ContextView> {
  const leaf = branch && (await db.messages.find(ownerId, branch.leafId));
  const measured = leaf && (await db.generations.measured(ownerId, leaf.id));
  const { tokens, tokensPerCharacter } = estimateContext({
    measured,
    pathCharacters: leaf?.pathCharacters ?? 0,
    instructions: steering.system?.length ?? 0,
  });
  const last =
    branch && model && (await db.generations.lastContext(branch.conversationId, model.name));
  const of = contextLength(model, steering, last);
  return { tokens, tokensPerCharacter, ...(of === undefined ? {} : { of }) };
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
