import { download } from "~/http/download";
import { handle } from "~/http/handle";
import { findWhole } from "~/transfer/conversation-json";
import { fileName } from "~/transfer/file-name";
import { markdownOf } from "~/transfer/markdown";

export const loader = handle(async ({ context, id }) => {
  const whole = await findWhole(context.db, id);
  const name = `${fileName(whole.conversation.title)}.md`;
  return download(markdownOf(whole), name, "text/markdown; charset=utf-8");
});
