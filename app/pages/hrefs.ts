/** The addresses of pages and forms. Each starts with the base path, "" at the root. */
export const hrefs = {
  home: (base: string) => `${base}/`,
  conversations: (base: string) => `${base}/conversations`,
  conversation: (base: string, id: string) => `${base}/conversations/${id}`,
  /** A page of the list that begins behind a position. */
  conversationsBefore: (base: string, position: string, archived: boolean) =>
    `${base}/conversations?${archived ? "show=archived&" : ""}before=${position}`,
  /** What the sidebar shows, as a fragment; see pages/conversation-list.ts. */
  sidebar: (base: string, currentId: string | undefined, titled: boolean) =>
    `${base}/conversations/sidebar?${new URLSearchParams({ current: currentId ?? "", ...(titled ? { titled: "1" } : {}) })}`,
  /** A page of the list, as a fragment. */
  rows: (base: string, query: string) => `${base}/conversations/rows${query}`,
  /** A page of what a search has found. */
  search: (base: string, asked: { q: string; in?: "titles"; before?: string }) =>
    `${base}/conversations?${new URLSearchParams(asked)}`,
  archive: (base: string) => `${base}/conversations?show=archived`,
  /** A small thing that is done with a conversation. */
  verb: (base: string, id: string, verb: ConversationVerb) => `${base}/conversations/${id}/${verb}`,
  /** Where a prompt goes that follows the message `leafId`; the first one follows none. */
  messages: (base: string, id: string, leafId: string | undefined) =>
    `${base}/conversations/${id}/messages${leafId ? `?at=${leafId}` : ""}`,
  /** The conversation on the branch of a message, scrolled to it. */
  message: (base: string, conversationId: string, messageId: string) =>
    `${base}/conversations/${conversationId}?at=${messageId}#m-${messageId}`,
  /** The conversation as it stands, scrolled to a message. */
  place: (base: string, conversationId: string, messageId: string) =>
    `${base}/conversations/${conversationId}#m-${messageId}`,
  /** Pages of a conversation that is longer than one of them. */
  before: (base: string, conversationId: string, messageId: string) =>
    `${base}/conversations/${conversationId}?before=${messageId}`,
  after: (base: string, conversationId: string, messageId: string) =>
    `${base}/conversations/${conversationId}?after=${messageId}`,
  /** The end of the branch that goes on below a message. */
  end: (base: string, conversationId: string, messageId: string) =>
    `${base}/conversations/${conversationId}?end=${messageId}`,
  events: (base: string, id: string, after: string) =>
    `${base}/conversations/${id}/events?after=${after}`,
  /** How the answers of a conversation are to be written. */
  steering: (base: string, id: string) => `${base}/conversations/${id}/steering`,
  /** The saved prompts; `target` is the conversation that one is to be used in. */
  prompts: (base: string, target?: string) => `${base}/prompts${forTarget(target)}`,
  /** A page of them that begins behind the prompt `after`. */
  promptsAfter: (base: string, after: string, target?: string) =>
    `${base}/prompts?${new URLSearchParams({ ...(target === undefined ? {} : { for: target }), after })}`,
  newPrompt: (base: string, target?: string) => `${base}/prompts/new${forTarget(target)}`,
  prompt: (base: string, id: string, target?: string) =>
    `${base}/prompts/${id}${forTarget(target)}`,
  deletePrompt: (base: string, id: string, target?: string) =>
    `${base}/prompts/${id}/delete${forTarget(target)}`,
  promptUse: (base: string, id: string, target?: string) =>
    `${base}/prompts/${id}/use${forTarget(target)}`,
  settings: (base: string) => `${base}/settings`,
  /** What a person wants of one model. */
  modelSettings: (base: string, model: string) =>
    `${base}/settings/model?model=${encodeURIComponent(model)}`,
  /**
   * Stops what is being written in a conversation: at the message `at` and below it, or all of it. `leaf` is the
   * end of the branch to come back to. `stop` is for one answer.
   */
  stopIn: (base: string, id: string, which: { at?: string; leaf?: string | undefined }) =>
    `${base}/conversations/${id}/stop${queryOf(which)}`,
  /** What is being written elsewhere in a conversation than at the end of a branch, as a fragment. */
  others: (base: string, id: string, leaf: string | undefined) =>
    `${base}/conversations/${id}/others${queryOf({ leaf })}`,
  stop: (base: string, generationId: string) => `${base}/generations/${generationId}/stop`,
  regenerate: (base: string, messageId: string) => `${base}/messages/${messageId}/regenerate`,
  continue: (base: string, messageId: string) => `${base}/messages/${messageId}/continue`,
  edit: (base: string, messageId: string) => `${base}/messages/${messageId}/edit`,
  choose: (base: string, messageId: string) => `${base}/messages/${messageId}/choose`,
  deleteMessage: (base: string, messageId: string) => `${base}/messages/${messageId}/delete`,
  file: (base: string, hash: string) => `${base}/files/${hash}`,
  thumbnail: (base: string, hash: string) => `${base}/files/${hash}/thumbnail`,
  editWaiting: (base: string, id: string) => `${base}/waiting-prompts/${id}/edit`,
  /** Names the conversation, where the text goes if the prompt waits no longer. */
  saveWaiting: (base: string, id: string, conversationId: string) =>
    `${base}/waiting-prompts/${id}/edit?in=${conversationId}`,
  withdraw: (base: string, id: string) => `${base}/waiting-prompts/${id}/withdraw`,
  /** Sends it behind a message; behind the last one where the conversation has none. */
  sendWaiting: (base: string, id: string, leafId: string | undefined) =>
    `${base}/waiting-prompts/${id}/send${leafId ? `?at=${leafId}` : ""}`,
  withoutScript: (base: string, to: string) =>
    `${base}/without-script?to=${encodeURIComponent(to)}`,
  /** The conversation as a file. */
  markdown: (base: string, id: string) => `${base}/conversations/${id}.md`,
  json: (base: string, id: string) => `${base}/conversations/${id}.json`,
  /** Everything as one archive, and the page of what goes out and comes in. */
  everything: (base: string) => `${base}/export.zip`,
  transfer: (base: string) => `${base}/import`,
  imports: (base: string) => `${base}/imports`,
  import: (base: string, id: string) => `${base}/imports/${id}`,
};

export type ConversationVerb =
  | "rename"
  | "pin"
  | "unpin"
  | "archive"
  | "unarchive"
  | "delete"
  | "restore";

function queryOf(fields: Record<string, string | undefined>): string {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return given.length > 0 ? `?${new URLSearchParams(given as [string, string][])}` : "";
}

function forTarget(target: string | undefined): string {
  return target === undefined ? "" : `?for=${encodeURIComponent(target)}`;
}
