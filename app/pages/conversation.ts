import type { ComposerView } from "~/components/composer";
import type { ConversationMenuView } from "~/components/conversation-menu";
import type { HostView } from "~/components/host-notice";
import type { LiveView } from "~/components/live-answer";
import type { MessageFormView } from "~/components/message-form";
import type { MessageView } from "~/components/message-list";
import type { OtherAnswersView } from "~/components/other-answers";
import type { WaitingView } from "~/components/waiting-prompts";
import { findConversation } from "~/conversations/find";
import { type Place, windowOf } from "~/conversations/window";
import type { Message } from "~/db/messages";
import type { LiveAnswer } from "~/generation/live-answer";
import { readPreferences } from "~/http/preferences";
import { formatPosition, positionOf } from "~/live/events";
import { unsentText } from "./back-to-conversation";
import { chosenModel } from "./chosen-model";
import { composerNotes } from "./composer";
import type { RequestContext } from "./context";
import { conversationMenu } from "./conversation-menu";
import { givenBack } from "./files";
import { hostView } from "./host";
import type { Hrefs } from "./hrefs";
import { liveAnswerView } from "./live-answer-view";
import { footOf, type MessagesShown, messageViews } from "./messages";
import { followedBy } from "./next-turn";
import { otherAnswers } from "./other-answers";
import { outcomeOf } from "./outcome";
import { waitingView } from "./waiting-prompts";

export interface ConversationPage {
  title: string;
  menu: ConversationMenuView;
  messages: MessageView[];
  /** Where the branch goes on, in both directions, if it does. */
  earlier?: string;
  later?: { next: string; end: string };
  live: LiveView | undefined;
  waiting: WaitingView | undefined;
  /** What is being written on other branches. */
  others: OtherAnswersView | undefined;
  /** At the end of a branch only, and not while a message has a form in its place. */
  composer: ComposerView | undefined;
  host: HostView;
  /** The page's own address, on the branch that it shows. */
  check: string;
}

/** What a page of a conversation shows beside what its address says. */
export interface Shown {
  /** The part of the branch; without it the address says which. */
  place?: Place;
  /** The message that has a form in its place. */
  form?: { message: Message; kind: "edit" | "model" };
}

/**
 * A page of a conversation: the part of it that the address names, else the end of the branch that was
 * looked at last. Where an answer is being written and no script runs, the response is told to stream it.
 * Throws a ParleyError for an unknown conversation or message.
 */
export async function conversationPage(
  context: RequestContext,
  request: Request,
  id: string,
  shown: Shown = {},
): Promise<ConversationPage> {
  const { db, hrefs, ownerId, generations } = context;
  const refused = outcomeOf(context, "prompt-refused");
  const filled = outcomeOf(context, "prompt-filled")?.prompt;
  const query = new URL(request.url).searchParams;
  // Before the database is read: what is live now may end meanwhile, but it cannot be missed.
  const live = generations.liveIn(ownerId, id);
  const conversation = await findConversation(db, id);
  const place = shown.place ?? placeIn(query);
  const { messages, earlier, later } = await windowOf(db, conversation, place);
  // A prompt that waited has begun to be answered between the two looks.
  if (!same(generations.liveIn(ownerId, id), live)) {
    return conversationPage(context, request, id, shown);
  }
  const last = messages.at(-1);
  const leafId = later ? undefined : last?.id;
  const liveHere = live.find(({ ids }) => ids.messageId === last?.id);
  const settled = liveHere ? messages.slice(0, -1) : messages;
  const own =
    leafId && leafId !== conversation.leafId ? hrefs.end(id, leafId) : hrefs.conversation(id);
  const host = await hostView(context);
  const preferences = readPreferences(request);
  const { scripted } = preferences;
  const answeredBy = messages.map(({ model }) => model ?? undefined).reverse();
  const back = shown.form
    ? undefined
    : (refused ?? (await unsentText(context, id, query.get("kept"))));
  const models = [back?.model, ...answeredBy, preferences.model];
  const chosen = chosenModel(host, models);
  const views = await messageViews(context, settled, {
    leafId,
    unscripted: !scripted,
    form: shown.form && formView(context, shown.form, { host, models, leafId }),
  });
  return {
    title: conversation.title,
    menu: conversationMenu(hrefs, conversation),
    messages: views.map((view) => context.body.withoutLargeParts(view)),
    ...(earlier && messages[0] ? { earlier: hrefs.before(id, messages[0].id) } : {}),
    ...(later && last
      ? { later: { next: hrefs.after(id, last.id), end: hrefs.end(id, last.id) } }
      : {}),
    live: liveHere && liveView(context, liveHere, host, scripted && own),
    others: await otherAnswers(context, id, leafId, scripted),
    waiting: later ? undefined : await waitingView(context, id, leafId, liveHere),
    composer:
      later || (shown.form && !liveHere)
        ? undefined
        : {
            action: hrefs.messages(id, leafId),
            once: Bun.randomUUIDv7(),
            prompt: back?.prompt ?? filled ?? "",
            adds: filled !== undefined,
            ...chosen,
            notes: await composerNotes(
              context,
              conversation,
              chosen.model,
              liveHere ? undefined : leafId,
              { prompt: back?.prompt ?? filled ?? "", files: back?.files },
            ),
            ...givenBack(hrefs, back),
            ...(liveHere ? { stop: stopOf(hrefs, liveHere, scripted) } : {}),
          },
    host,
    check: own,
  };
}

/** The part of a conversation around a message, with a form in the message's place. */
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

const PLACES = {
  before: "before",
  after: "after",
  at: "message",
  end: "end-below",
};

/** The part of a conversation that a query names. */
function placeIn(query: URLSearchParams): Place {
  const from = query.get("from");
  const end = query.get("end");
  if (from) return { at: "end-from", id: from, ...(end ? { end } : {}) };
  for (const [name, at] of Object.entries(PLACES)) {
    const id = query.get(name);
    if (id) return { at, id } as Place;
  }
  return { at: "end" };
}

function formView(
  context: RequestContext,
  { message, kind }: NonNullable<Shown["form"]>,
  {
    host,
    models,
    leafId,
  }: { host: HostView; models: (string | undefined)[]; leafId?: string | undefined },
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
    ...(refused ? { problem: refused.problem } : {}),
  };
  return { id, form, ...(edit ? { prompt: refused?.prompt } : {}) };
}

function liveView(
  context: RequestContext,
  live: LiveAnswer,
  host: HostView,
  /** The page's own address, where script asks for it when the answer has ended. */
  self: string | false,
): LiveView {
  const { hrefs } = context;
  const { conversationId, messageId } = live.ids;
  live.settle();
  const view: LiveView = { answer: liveAnswerView(live, host), status: live.status };
  if (self === false) {
    context.body.stream({
      answer: live,
      foot: () => footOf(context, messageId),
      after: () => followedBy(context, conversationId, messageId),
    });
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

/** A document that streams goes on with the next answer by itself, and Stop means the one that it shows then. */
function stopOf(hrefs: Hrefs, { ids }: LiveAnswer, scripted: boolean): string {
  return scripted
    ? hrefs.stop(ids.generationId)
    : hrefs.stopIn(ids.conversationId, { at: ids.messageId });
}
