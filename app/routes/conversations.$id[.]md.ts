import { download } from "~/http/download";
import { handle } from "~/http/handle";
import { fileName, findWhole, markdownOf } from "~/transfer/conversation-export";

export const loader = handle(async ({ context, id }) => {
  const whole = await findWhole(context.db, id);
  const name = `${fileName(whole.conversation.title)}.md`;
  return download(markdownOf(whole), name, "text/markdown; charset=utf-8");
});
