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

  conversationsBefore(position: string, archived: boolean) {
    return this.#at("/conversations", {
      show: archived ? "archived" : undefined,
      before: position,
    });
  }

  archive() {
    return this.#at("/conversations", { show: "archived" });
  }

  search(asked: { q: string; in?: "titles"; before?: string }) {
    return this.#at("/conversations", asked);
  }

  sidebar(currentId: string | undefined, titled: boolean) {
    const titledQuery = titled ? "1" : undefined;
    return this.#at("/conversations/sidebar", { current: currentId ?? "", titled: titledQuery });
  }

  rows(query: string) {
    return `${this.#base}/conversations/rows${query}`;
  }

  conversation(id: string) {
    return this.#at(`/conversations/${id}`);
  }

  verb(id: string, verb: ConversationVerb) {
    return this.#at(`/conversations/${id}/${verb}`);
  }

  messages(id: string, leafId: string | undefined) {
    return this.#at(`/conversations/${id}/messages`, { at: leafId });
  }

  /** The branch of a message, scrolled to it. */
  message(id: string, messageId: string) {
    return `${this.#at(`/conversations/${id}`, { at: messageId })}#m-${messageId}`;
  }

  /** The current branch, scrolled to a message. */
  place(id: string, messageId: string) {
    return `${this.conversation(id)}#m-${messageId}`;
  }

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

  events(id: string, after: string) {
    return this.#at(`/conversations/${id}/events`, { after });
  }

  /** A fragment: the answers being written elsewhere than at `leaf`. */
  others(id: string, leaf: string | undefined) {
    return this.#at(`/conversations/${id}/others`, { leaf });
  }

  /** Stops all answers, or those at and below `at`; redirects to the branch of `leaf`. */
  stopIn(id: string, which: { at?: string; leaf?: string }) {
    return this.#at(`/conversations/${id}/stop`, which);
  }

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

  /** The text goes to this conversation if the prompt is no longer waiting. */
  saveWaiting(id: string, conversationId: string) {
    return this.#at(`/waiting-prompts/${id}/edit`, { in: conversationId });
  }

  withdraw(id: string) {
    return this.#at(`/waiting-prompts/${id}/withdraw`);
  }

  /** Sends it after `leafId`, else after the last message. */
  sendWaiting(id: string, leafId: string | undefined) {
    return this.#at(`/waiting-prompts/${id}/send`, { at: leafId });
  }

  /** `target`, here and below, is the conversation to use a prompt in. */
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

  everything() {
    return this.#at("/export.zip");
  }

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
