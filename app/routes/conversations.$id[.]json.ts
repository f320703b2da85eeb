import { download } from "~/http/download";
import { handle } from "~/http/handle";
import { byteStream } from "~/shared/byte-stream";
import { conversationJson, fileName, findWhole } from "~/transfer/conversation-export";

export const loader = handle(async ({ context, id }) => {
  const { db } = context;
  const whole = await findWhole(db, id);
  const name = `${fileName(whole.conversation.title)}.json`;
  const json = byteStream(conversationJson(db, whole));
  return download(json, name, "application/json");
});
