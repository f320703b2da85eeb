import { findMessage } from "~/conversations/find";
import { regenerate } from "~/conversations/turns";
import { handle } from "~/http/handle";
import { messageFormPage } from "~/pages/conversation";
import { handlePrompt } from "~/pages/prompt-form";

export { default, meta } from "./conversations.$id";

/** The conversation with a form for the model in place of the answer. */
export const loader = handle(async ({ context, request, id }) => {
  const message = await findMessage(context.db, id);
  return messageFormPage(context, request, message, message.role === "user" ? "edit" : "model");
});

export const action = handlePrompt((prompt, { context, id }) =>
  regenerate(context, id, { ...prompt, model: prompt.model || undefined }),
);
