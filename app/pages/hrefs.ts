export type ConversationVerb =
  | "rename"
  | "pin"
  | "unpin"
  | "archive"
  | "unarchive"
  | "delete"
  | "restore";

/** The addresses of pages and forms, below the base path: "" at the root. */
export class Hrefs {
  readonly #base: string;

  constructor(base: string) {
    this.#base = base;
  }

  home() {
    return `${this.#base}/`;
  }

  withoutScript(to: string) {
    return this.#at("/without-script", { to });
  }

  conversations() {
    return this.#at("/conversations");
  }

  /** A page of the list that starts after a position. */
  conversationsBefore(position: string, archived: boolean) {
    return this.#at("/conversations", {
      show: archived ? "archived" : undefined,
      before: position,
    });
  }

  archive() {
    return this.#at("/conversations", { show: "archived" });
  }

  /** A page of search results. */
  search(asked: { q: string; in?: "titles"; before?: string }) {
    return this.#at("/conversations", asked);
  }

  /** The sidebar's list as a fragment. */
  sidebar(currentId: string | undefined, titled: boolean) {
    const titledQuery = titled ? "1" : undefined;
    return this.#at("/conversations/sidebar", { current: currentId ?? "", titled: titledQuery });
  }

  /** A page of the list as a fragment. */
  rows(query: string) {
    return `${this.#base}/conversations/rows${query}`;
  }

  conversation(id: string) {
    return this.#at(`/conversations/${id}`);
  }

  /** An action of the conversation's menu. */
  verb(id: string, verb: ConversationVerb) {
    return this.#at(`/conversations/${id}/${verb}`);
  }

  /** Takes a prompt after the message `leafId`; the first prompt follows none. */
  messages(id: string, leafId: string | undefined) {
    return this.#at(`/conversations/${id}/messages`, { at: leafId });
  }

  /** The conversation on the branch of a message, scrolled to it. */
  message(id: string, messageId: string) {
    return `${this.#at(`/conversations/${id}`, { at: messageId })}#m-${messageId}`;
  }

  /** The conversation on its current branch, scrolled to a message. */
  place(id: string, messageId: string) {
    return `${this.conversation(id)}#m-${messageId}`;
  }

  /** The part of a long conversation before a message. */
  before(id: string, messageId: string) {
    return this.#at(`/conversations/${id}`, { before: messageId });
  }

  after(id: string, messageId: string) {
    return this.#at(`/conversations/${id}`, { after: messageId });
  }

  /** The end of the branch below a message. */
  end(id: string, messageId: string) {
    return this.#at(`/conversations/${id}`, { end: messageId });
  }

  /** The live answer as events, from a position on. */
  events(id: string, after: string) {
    return this.#at(`/conversations/${id}/events`, { after });
  }

  /** The answers being written elsewhere than at `leaf`, as a fragment. */
  others(id: string, leaf: string | undefined) {
    return this.#at(`/conversations/${id}/others`, { leaf });
  }

  /** Stops the answers of a conversation, or those at and below the message `at`, and leads to the branch of `leaf`. */
  stopIn(id: string, which: { at?: string; leaf?: string }) {
    return this.#at(`/conversations/${id}/stop`, which);
  }

  /** Stops one answer. */
  stop(generationId: string) {
    return this.#at(`/generations/${generationId}/stop`);
  }

  steering(id: string) {
    return this.#at(`/conversations/${id}/steering`);
  }

  markdown(id: string) {
    return this.#at(`/conversations/${id}.md`);
  }

  json(id: string) {
    return this.#at(`/conversations/${id}.json`);
  }

  regenerate(messageId: string) {
    return this.#at(`/messages/${messageId}/regenerate`);
  }

  continue(messageId: string) {
    return this.#at(`/messages/${messageId}/continue`);
  }

  edit(messageId: string) {
    return this.#at(`/messages/${messageId}/edit`);
  }

  choose(messageId: string) {
    return this.#at(`/messages/${messageId}/choose`);
  }

  deleteMessage(messageId: string) {
    return this.#at(`/messages/${messageId}/delete`);
  }

  file(hash: string) {
    return this.#at(`/files/${hash}`);
  }

  thumbnail(hash: string) {
    return this.#at(`/files/${hash}/thumbnail`);
  }

  editWaiting(id: string) {
    return this.#at(`/waiting-prompts/${id}/edit`);
  }

  /** Names the conversation too: the text goes there if the prompt is no longer waiting. */
  saveWaiting(id: string, conversationId: string) {
    return this.#at(`/waiting-prompts/${id}/edit`, { in: conversationId });
  }

  withdraw(id: string) {
    return this.#at(`/waiting-prompts/${id}/withdraw`);
  }

  /** Sends it after a message; after the last one if none is given. */
  sendWaiting(id: string, leafId: string | undefined) {
    return this.#at(`/waiting-prompts/${id}/send`, { at: leafId });
  }

  /** The saved prompts; `target` is the conversation to use one in, here and below. */
  prompts(target?: string, after?: string) {
    return this.#at("/prompts", { for: target, after });
  }

  newPrompt(target?: string) {
    return this.#at("/prompts/new", { for: target });
  }

  prompt(id: string, target?: string) {
    return this.#at(`/prompts/${id}`, { for: target });
  }

  deletePrompt(id: string, target?: string) {
    return this.#at(`/prompts/${id}/delete`, { for: target });
  }

  promptUse(id: string, target?: string) {
    return this.#at(`/prompts/${id}/use`, { for: target });
  }

  settings() {
    return this.#at("/settings");
  }

  modelSettings(model: string) {
    return this.#at("/settings/model", { model });
  }

  /** Everything as one archive. */
  everything() {
    return this.#at("/export.zip");
  }

  /** The page of exports and imports. */
  transfer() {
    return this.#at("/import");
  }

  imports() {
    return this.#at("/imports");
  }

  import(id: string) {
    return this.#at(`/imports/${id}`);
  }

  #at(path: string, query: Record<string, string | undefined> = {}) {
    const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, value]],
    );
    const search = given.length > 0 ? `?${new URLSearchParams(given)}` : "";
    return `${this.#base}${path}${search}`;
  }
}
