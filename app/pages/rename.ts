import * as v from "valibot";
import type { RenameView } from "~/components/rename-form";
import { findConversation } from "~/conversations/find";
import { checkTitle } from "~/conversations/title";
import { ParleyError, problemOf } from "~/errors";
import { text } from "~/http/form";
import { statusOf } from "~/http/status";
import { refererPage } from "~/http/way-back";
import type { RequestContext } from "./context";
import { outcomeOf, showAgain } from "./outcome";

export const RenameFields = v.object({ title: text, back: text });

/** The form of a title, with what was typed if it was refused. */
export async function renamePage(
  context: RequestContext,
  request: Request,
  id: string,
): Promise<RenameView> {
  const { db, base, hrefs } = context;
  const { title } = await findConversation(db, id);
  const action = hrefs.verb(id, "rename");
  const refused = outcomeOf(context, "title-refused");
  if (refused) return { action, ...refused };
  const back = refererPage(request, base);
  const elsewhere = back !== hrefs.home() && back !== action;
  return { action, title, back: elsewhere ? back : hrefs.conversation(id) };
}

/** Renames a conversation. If the title is refused, the response shows the form again. */
export async function takeTitle(
  context: RequestContext,
  id: string,
  { title, back }: v.InferOutput<typeof RenameFields>,
): Promise<Response | undefined> {
  const { db } = context;
  await findConversation(db, id);
  try {
    await db.conversations.rename(id, checkTitle(title));
    return undefined;
  } catch (error) {
    if (!(error instanceof ParleyError) || !["invalid", "unavailable"].includes(error.kind))
      throw error;
    const outcome = { kind: "title-refused", title, back, problem: problemOf(error) } as const;
    return showAgain(context, outcome, statusOf(error));
  }
}
