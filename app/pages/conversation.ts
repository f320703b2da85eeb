import type { ComposerView } from "~/components/composer";
import type { ConversationMenuView } from "~/components/conversation-menu";
import type { HostView } from "~/components/host-notice";
import type { LiveView } from "~/components/live-answer";
import type { MessageFormView } from "~/components/message-form";
import type { MessageView } from "~/components/message-list";
import type { ModelWanted } from "~/components/model-picker";
import type { OtherAnswersView } from "~/components/other-answers";
import type { WaitingView } from "~/components/waiting-prompts";
import { findConversation } from "~/conversations/find";
import { type Place, windowOf } from "~/conversations/window";
import type { Message } from "~/db/messages";
import type { LiveAnswer } from "~/generation/live-answer";
import { readPreferences } from "~/http/preferences";
import { formatPosition, positionOf } from "~/live/events";
import { unsentText } from "./back-to-conversation";
import { chosenModel, composerView, hostView } from "./composer";
import type { RequestContext } from "./context";
import { conversationMenu } from "./conversation-menu";
import type { Hrefs } from "./hrefs";
import { type MessagesShown, messageViews } from "./messages";
import { liveAnswerView, streamed } from "./next-turn";
import { otherAnswers, waitingView } from "./other-turns";
import { outcomeOf, type ReturnedPrompt } from "./outcome";

export interface ConversationPage {
  title: string;
  menu: ConversationMenuView;
  messages: MessageView[];
  earlier?: string;
  later?: { next: string; end: string };
  live: LiveView | undefined;
  waiting: WaitingView | undefined;
  others: OtherAnswersView | undefined;
  /** At the end of a branch only, and not while a message has a form in its place. */
  composer: ComposerView | undefined;
  host: HostView;
  check: string;
}

export interface Shown {
  place?: Place;
  form?: { message: Message; kind: "edit" | "model" };
}

/** The part that the address names, else the end of the branch last viewed; throws a ParleyError for unknown ids. */
export async function conversationPage(
  context: RequestContext,
  request: Request,
  id: string,
  shown: Shown = {},
): Promise<ConversationPage> {
  const part = await readPart(context, id, shown.place ?? placeIn(request));
  const { conversation, messages, leafId, live, later, self } = part;
  const host = await hostView(context);
  const { scripted, model } = readPreferences(request);
  const back = shown.form ? undefined : await returnedTo(context, request, id);
  const models = [back?.model, ...messages.map((one) => one.model ?? undefined).reverse(), model];
  const views = await messageViews(context, live ? messages.slice(0, -1) : messages, {
    leafId,
    unscripted: !scripted,
    form: shown.form && formView(context, shown.form, { host, models, leafId }),
  });
  return {
    title: conversation.title,
    menu: conversationMenu(context.hrefs, conversation),
    messages: views.map((view) => context.body.withoutLargeParts(view)),
    earlier: part.earlier,
    later,
    live: live && liveView(context, live, host, scripted && self),
    others: await otherAnswers(context, id, leafId, scripted),
    waiting: later ? undefined : await waitingView(context, id, leafId, live),
    composer:
      !later && (!shown.form || live)
        ? await composerAfter(context, part, { chosen: chosenModel(host, models), back, scripted })
        : undefined,
    host,
    check: self,
  };
}

async function readPart(context: RequestContext, id: string, place: Place) {
  const { db, hrefs, ownerId, generations } = context;
  // Before the database is read, so that an answer that ends meanwhile is not missed.
  const all = generations.liveIn(ownerId, id);
  const conversation = await findConversation(db, id);
  const { messages, earlier, later } = await windowOf(db, conversation, place);
  // The answer to a waiting prompt may have begun or ended meanwhile.
  if (!same(generations.liveIn(ownerId, id), all)) return readPart(context, id, place);
  const [first, last] = [messages[0], messages.at(-1)];
  const leafId = later ? undefined : last?.id;
  const elsewhere = leafId && leafId !== conversation.leafId;
  return {
    conversation,
    messages,
    earlier: earlier && first ? hrefs.before(id, first.id) : undefined,
    later:
      later && last ? { next: hrefs.after(id, last.id), end: hrefs.end(id, last.id) } : undefined,
    leafId,
    live: all.find(({ ids }) => ids.messageId === last?.id),
    self: elsewhere ? hrefs.end(id, leafId) : hrefs.conversation(id),
  };
}

function composerAfter(
  context: RequestContext,
  { conversation, leafId, live }: Awaited<ReturnType<typeof readPart>>,
  { scripted, ...given }: { chosen: ModelWanted; back?: ReturnedPrompt; scripted: boolean },
): Promise<ComposerView> {
  return composerView(context, {
    ...given,
    action: context.hrefs.messages(conversation.id, leafId),
    conversation,
    leafId: live ? undefined : leafId,
    stop: live && stopOf(context.hrefs, live, scripted),
  });
}

async function returnedTo(context: RequestContext, request: Request, id: string) {
  const refused = outcomeOf(context, "prompt-refused");
  return refused ?? unsentText(context, id, new URL(request.url).searchParams.get("kept"));
}

/** The part around a message, with a form in its place. */
export function messageFormPage(
  context: RequestContext,
  request: Request,
  message: Message,
  kind: "edit" | "model",
): Promise<ConversationPage> {
  return conversationPage(context, request, message.conversationId, {
    place: { at: "message", id: message.id },
    form: { message, kind },
  });
}

function same(some: readonly LiveAnswer[], others: readonly LiveAnswer[]): boolean {
  return some.length === others.length && some.every((live, index) => live === others[index]);
}

function placeIn(request: Request): Place {
  const query = new URL(request.url).searchParams;
  const from = query.get("from");
  if (from) return { at: "end-from", id: from, end: query.get("end") || undefined };
  for (const [name, at] of PLACES) {
    const id = query.get(name);
    if (id) return { at, id };
  }
  return { at: "end" };
}

const PLACES = [
  ["before", "before"],
  ["after", "after"],
  ["at", "message"],
  ["end", "end-below"],
] as const;

function formView(
  context: RequestContext,
  { message, kind }: NonNullable<Shown["form"]>,
  { host, models, leafId }: { host: HostView; models: (string | undefined)[]; leafId?: string },
): NonNullable<MessagesShown["form"]> {
  const { hrefs } = context;
  const refused = outcomeOf(context, "prompt-refused");
  const { id, conversationId } = message;
  const edit = kind === "edit";
  const form: MessageFormView = {
    action: edit ? hrefs.edit(id) : hrefs.regenerate(id),
    once: Bun.randomUUIDv7(),
    cancel: hrefs.message(conversationId, id),
    models: host.models,
    ...chosenModel(host, [refused?.model, message.model ?? undefined, ...models]),
    leaf: leafId,
    problem: refused?.problem,
  };
  return { id, form, prompt: edit ? refused?.prompt : undefined };
}

function liveView(
  context: RequestContext,
  live: LiveAnswer,
  host: HostView,
  self: string | false,
): LiveView {
  const { hrefs } = context;
  const { conversationId } = live.ids;
  live.settle();
  const view: LiveView = { answer: liveAnswerView(live, host), status: live.status };
  if (self === false) {
    context.body.stream(streamed(context, live));
    return view;
  }
  view.answer.blocks = [...live.markdown.closed];
  view.answer.thinking = live.thinking.toString();
  view.answer = context.body.withoutLargeParts(view.answer);
  view.events = {
    tail: live.markdown.tailHtml(),
    connect: hrefs.events(conversationId, formatPosition(positionOf(live))),
    self,
    id: Bun.randomUUIDv7().slice(-12),
  };
  return view;
}

/** A streaming document continues with the next answer, so its Stop must not name this one. */
function stopOf(hrefs: Hrefs, { ids }: LiveAnswer, scripted: boolean): string {
  return scripted
    ? hrefs.stop(ids.generationId)
    : hrefs.stopIn(ids.conversationId, { at: ids.messageId });
}
