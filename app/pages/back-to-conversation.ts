import { redirect } from "@remix-run/node";
import * as v from "valibot";
import type { Withdrawn } from "~/db/waiting-prompts";
import { text, textIfSent, texts } from "~/http/form";
import { readPreferences } from "~/http/preferences";
import { UNSENT_TEXT_BYTES } from "~/limits";
import type { RequestContext } from "./context";
import type { ReturnedPrompt } from "./outcome";

/** The fields of a composer that its other buttons send too. */
export const ComposerFields = v.object({ prompt: text, model: textIfSent, kept: texts });

/** Redirects to the branch of `leafId`; the box keeps its text, after that of `given` (a withdrawn prompt). */
export async function backToConversation(
  context: RequestContext,
  request: Request,
  conversationId: string,
  typed: v.InferOutput<typeof ComposerFields>,
  {
    given,
    leafId,
  }: { given?: Pick<Withdrawn, "prompt" | "model" | "files">; leafId?: string } = {},
): Promise<Response> {
  const page = await branchHref(context, conversationId, leafId);
  const hasTyped = typed.prompt !== "" || typed.kept.length > 0;
  const browserKeeps = readPreferences(request).scripted;
  if (!given && (browserKeeps || !hasTyped)) return redirect(page, 303);
  const text = {
    conversationId,
    prompt: [given?.prompt ?? "", typed.prompt].filter((part) => part !== "").join("\n\n"),
    model: given?.model ?? typed.model ?? null,
    files: [...(given?.files ?? []), ...typed.kept],
  };
  const limits = { now: Date.now(), mostBytes: UNSENT_TEXT_BYTES };
  const id = await context.db.unsentTexts.keep(text, limits);
  return redirect(id ? `${page}${page.includes("?") ? "&" : "?"}kept=${id}` : page, 303);
}

/** Unsent text that `backToConversation` stored; undefined if it is gone. */
export async function unsentText(
  { db }: RequestContext,
  conversationId: string,
  id: string | null,
): Promise<ReturnedPrompt | undefined> {
  const text = id ? await db.unsentTexts.find(conversationId, id) : undefined;
  if (!text) return undefined;
  const { prompt, model, files } = text;
  return { prompt, model: model ?? undefined, files: await db.files.loose(files) };
}

/** The address of a message's branch; the conversation's own if it opens on that branch. */
export async function branchHref(
  context: RequestContext,
  conversationId: string,
  messageId: string | undefined,
): Promise<string> {
  const { hrefs } = context;
  return messageId === undefined || (await opensOn(context, conversationId, messageId))
    ? hrefs.conversation(conversationId)
    : hrefs.end(conversationId, messageId);
}

/** The page of a message's branch, scrolled to the message. */
export async function messageHref(
  context: RequestContext,
  conversationId: string,
  messageId: string,
): Promise<string> {
  return `${await branchHref(context, conversationId, messageId)}#m-${messageId}`;
}

async function opensOn(
  { db }: RequestContext,
  conversationId: string,
  messageId: string,
): Promise<boolean> {
  const leafId = (await db.conversations.find(conversationId))?.leafId;
  if (!leafId || (await db.branches.isOnBranch(messageId, leafId))) return true;
  // An unknown message is on no branch.
  const message = await db.messages.find(messageId);
  return message?.conversationId !== conversationId;
}
