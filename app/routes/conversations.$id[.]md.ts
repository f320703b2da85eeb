import { download } from "~/http/download";
import { handled } from "~/http/handled";
import { fileName } from "~/transfer/file-name";
import { findWhole } from "~/transfer/find-whole";
import { markdownOf } from "~/transfer/markdown";

export const loader = handled(async ({ params, context }) => {
  const whole = await findWhole(context.db, params.id ?? "");
  const name = `${fileName(whole.conversation.title)}.md`;
  return download(markdownOf(whole), name, "text/markdown; charset=utf-8");
});
