import { redirect } from "@remix-run/node";
import type { Form } from "~/http/form";
import { readPreferences } from "~/http/preferences";
import { branchHref } from "./branch-href";
import type { RequestContext } from "./context";

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
  const { ownerId, setAside } = context;
  const page = await branchHref(context, conversationId, leafId);
  const typed = field("prompt") ?? "";
  const kept = readPreferences(request).scripted && !given;
  const files = [...(given?.files ?? []), ...field.all("kept")];
  if (kept || (typed === "" && files.length === 0 && !given)) {
    return redirect(page, 303);
  }
  const key = setAside.keep({
    ownerId,
    conversationId,
    prompt: [given?.prompt ?? "", typed].filter((text) => text !== "").join("\n\n"),
    model: given?.model ?? field("model"),
    files,
  });
  return redirect(`${page}${page.includes("?") ? "&" : "?"}kept=${key}`, 303);
}
