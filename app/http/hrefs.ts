/** The addresses of pages and forms. Each starts with the base path, "" at the root. */
export const hrefs = {
  home: (base: string) => `${base}/`,
  conversations: (base: string) => `${base}/conversations`,
  conversation: (base: string, id: string) => `${base}/conversations/${id}`,
  /** A page of the list that begins behind a position. */
  conversationsBefore: (base: string, position: string, archived: boolean) =>
    `${base}/conversations?${archived ? "show=archived&" : ""}before=${position}`,
  archive: (base: string) => `${base}/conversations?show=archived`,
  /** A small thing that is done with a conversation. */
  verb: (base: string, id: string, verb: ConversationVerb) => `${base}/conversations/${id}/${verb}`,
  messages: (base: string, id: string, leafId: string) =>
    `${base}/conversations/${id}/messages?at=${leafId}`,
  /** The conversation on the branch of a message, scrolled to it. */
  message: (base: string, conversationId: string, messageId: string) =>
    `${base}/conversations/${conversationId}?at=${messageId}#m-${messageId}`,
  /** The conversation as it stands, scrolled to a message. */
  place: (base: string, conversationId: string, messageId: string) =>
    `${base}/conversations/${conversationId}#m-${messageId}`,
  events: (base: string, id: string, after: string) =>
    `${base}/conversations/${id}/events?after=${after}`,
  stop: (base: string, generationId: string) => `${base}/generations/${generationId}/stop`,
  regenerate: (base: string, messageId: string) => `${base}/messages/${messageId}/regenerate`,
  continue: (base: string, messageId: string) => `${base}/messages/${messageId}/continue`,
  withoutScript: (base: string, to: string) =>
    `${base}/without-script?to=${encodeURIComponent(to)}`,
};

export type ConversationVerb =
  | "rename"
  | "pin"
  | "unpin"
  | "archive"
  | "unarchive"
  | "delete"
  | "restore";
