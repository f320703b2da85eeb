import { findMessage } from "~/conversations/find";
import { editPrompt } from "~/conversations/turns";
import { handle } from "~/http/handle";
import { messageFormPage } from "~/pages/conversation";
import { handlePrompt } from "~/pages/prompt-form";

export { default, meta } from "./conversations.$id";

export const loader = handle(async ({ context, request, id }) => {
  const message = await findMessage(context.db, id, "user");
  return messageFormPage(context, request, message, "edit");
});

export const action = handlePrompt((prompt, { context, id }) =>
  editPrompt(context, id, { ...prompt, model: prompt.model || undefined }),
);
