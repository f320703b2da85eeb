import { redirect } from "@remix-run/node";
import * as v from "valibot";
import { chooseAlternative } from "~/conversations/alternatives";
import { textIfAny } from "~/http/form";
import { handleForm } from "~/http/handle";

export { formOnly as loader } from "~/http/handle";

/** The alternative that was left, and the leaf of its branch. */
const Left = v.object({ from: textIfAny, leaf: textIfAny });

export const action = handleForm(Left, async ({ from, leaf }, { context, id }) => {
  const { db, hrefs } = context;
  const left = from && leaf ? { messageId: from, leafId: leaf } : undefined;
  const { conversationId, onPage } = await chooseAlternative(db, id, left);
  const to = onPage ? hrefs.place(conversationId, id) : hrefs.message(conversationId, id);
  return redirect(to, 303);
});
