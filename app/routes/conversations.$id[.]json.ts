import { byteStream, download } from "~/http/download";
import { handled } from "~/http/handled";
import { conversationJson } from "~/transfer/conversation-json";
import { fileName } from "~/transfer/file-name";
import { findWhole } from "~/transfer/find-whole";

export const loader = handled(async ({ params, context }) => {
  const { db } = context;
  const whole = await findWhole(db, params.id ?? "");
  const name = `${fileName(whole.conversation.title)}.json`;
  const json = byteStream(conversationJson(db, whole));
  return download(json, name, "application/json");
});
