import { redirect } from "@remix-run/node";
import { chooseAlternative } from "~/conversations/alternatives";
import { readForm } from "~/http/form";
import { formOnly, handled } from "~/http/handled";

export const loader = formOnly;

export const action = handled(async ({ request, params, context }) => {
  const { db, hrefs } = context;
  const field = await readForm(request);
  const id = params.id ?? "";
  const messageId = field("from");
  const leafId = field("leaf");
  const left = messageId && leafId ? { messageId, leafId } : undefined;
  const { conversationId, onPage } = await chooseAlternative(db, id, left);
  return redirect(
    onPage ? hrefs.place(conversationId, id) : hrefs.message(conversationId, id),
    303,
  );
});
