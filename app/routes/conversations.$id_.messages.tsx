import { addPrompt } from "~/conversations/turns";
import { branchHref } from "~/pages/back-to-conversation";
import { handlePrompt } from "~/pages/prompt-form";

export { default, loader, meta } from "./conversations.$id";

export const action = handlePrompt(
  (prompt, { context, id, query }) =>
    addPrompt(context, id, { ...prompt, leafId: query.get("at") || undefined }),
  {
    target: (id, { context, query }) => branchHref(context, id, query.get("at") || undefined),
    keepsModel: true,
  },
);
