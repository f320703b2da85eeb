import { redirect } from "@remix-run/node";
import type { Form } from "~/http/form";
import { readPreferences } from "~/http/preferences";
import { UNSENT_TEXT_BYTES } from "~/limits";
import { branchHref } from "./branch-href";
import type { RequestContext } from "./context";
import type { ReturnedPrompt } from "./outcome";

/**
 * Leads back to a conversation from a button that stands in its composer's form. The text in the box came
 * along, and so it can go back there: a browser with script has kept it, one without has left the page.
 * `given` is a text that the box gets besides, such as a prompt that was withdrawn; `leafId` the end of the
 * branch that the button stood on, where it is known.
 */
export async function backToConversation(
  context: RequestContext,
  request: Request,
  conversationId: string,
  field: Form,
  {
    given,
    leafId,
  }: {
    given?: { prompt: string; model: string; files: readonly string[] };
    leafId?: string | undefined;
  } = {},
): Promise<Response> {
  const page = await branchHref(context, conversationId, leafId);
  const typed = field("prompt") ?? "";
  const kept = readPreferences(request).scripted && !given;
  const files = [...(given?.files ?? []), ...field.all("kept")];
  if (kept || (typed === "" && files.length === 0 && !given)) {
    return redirect(page, 303);
  }
  const text = {
    conversationId,
    prompt: [given?.prompt ?? "", typed].filter((part) => part !== "").join("\n\n"),
    model: given?.model ?? field("model") ?? null,
    files,
  };
  const limits = { now: Date.now(), mostBytes: UNSENT_TEXT_BYTES };
  const id = await context.db.unsentTexts.keep(text, limits);
  return redirect(id ? `${page}${page.includes("?") ? "&" : "?"}kept=${id}` : page, 303);
}

/** The text that the page of a conversation gives back, as a prompt that came back with its files. */
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
