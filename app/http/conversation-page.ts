import { renderToStaticMarkup } from "react-dom/server.browser";
import { AnswerFoot } from "~/components/answer-foot";
import type {
  ComposerView,
  ConversationMenuView,
  HostView,
  LiveView,
  MessageView,
} from "~/components/views";
import { findConversation } from "~/conversations/turns";
import type { Message } from "~/db/messages";
import { ParleyError } from "~/errors";
import type { LiveAnswer } from "~/generation/live-answer";
import { formatPosition, positionOf } from "./answer-events";
import { alternativesViews, answerView } from "./answer-view";
import type { RequestContext } from "./context";
import { conversationMenu } from "./conversation-menu";
import { hostView } from "./host-view";
import { hrefs } from "./hrefs";
import { readPreferences } from "./preferences";

export interface ConversationPage {
  title: string;
  menu: ConversationMenuView;
  messages: MessageView[];
  live: LiveView | undefined;
  composer: ComposerView;
  host: HostView;
  /** The page's own address, on the branch that it shows. */
  check: string;
}

/**
 * A conversation as its page shows it, on the branch of the message `?at=` or on the one looked at last.
 * Where an answer is being written and no script runs, the response is told to stream it. Throws a
 * ParleyError for an unknown conversation.
 */
export async function conversationPage(
  context: RequestContext,
  request: Request,
  id: string,
): Promise<ConversationPage> {
  const { db, base, ownerId, generations, refused } = context;
  const conversation = await findConversation(db, ownerId, id);
  // Before the database is read: what is live now may end meanwhile, but it cannot be missed.
  const live = generations.liveIn(ownerId, id);
  const at = new URL(request.url).searchParams.get("at");
  const leafId = at ? await db.messages.newestLeaf(ownerId, at) : (conversation.leafId ?? "");
  const branch = await db.messages.branch(ownerId, leafId);
  if (at && branch[0]?.conversationId !== id) throw unknownMessage();
  const liveHere = live && branch.at(-1)?.id === live.ids.messageId ? live : undefined;
  const settled = liveHere ? branch.slice(0, -1) : branch;
  const host = await hostView(context);
  const preferences = readPreferences(request);
  const lastModel = branch.findLast((message) => message.model !== null)?.model ?? undefined;
  return {
    title: conversation.title,
    menu: conversationMenu(base, conversation),
    messages: await messageViews(context, settled, {
      leafId,
      acts: live === undefined,
      unscripted: !preferences.scripted,
    }),
    // A refused prompt comes back at once; a document that streams would bring it last.
    live: refused ? undefined : liveHere && liveView(context, liveHere, host, preferences.scripted),
    composer: {
      action: hrefs.messages(base, id, leafId),
      prompt: refused?.prompt ?? "",
      ...chosenModel(host, [refused?.model, lastModel, preferences.model]),
      ...(refused ? { problem: refused.problem } : {}),
    },
    host,
    check: hrefs.conversation(base, id) + (at ? `?at=${leafId}` : ""),
  };
}

function unknownMessage(): ParleyError {
  return new ParleyError("message-unknown", "There is no such message in this conversation.", {
    status: 404,
    next: "It may have been deleted. Open the conversation from the list.",
  });
}

/** The first of the wanted models that the host has, else its first one. */
export function chosenModel(
  host: HostView,
  wanted: readonly (string | undefined)[],
): { model?: string } {
  const offered = (name: string | undefined) => host.models.some((model) => model.name === name);
  const model = wanted.find(offered) ?? host.models[0]?.name;
  return model === undefined ? {} : { model };
}

async function messageViews(
  context: RequestContext,
  messages: readonly Message[],
  { leafId, ...how }: { leafId: string; acts: boolean; unscripted: boolean },
): Promise<MessageView[]> {
  const { db, base, ownerId, rendered } = context;
  const { models } = await hostView(context);
  const answers = messages.filter(({ role }) => role === "assistant").map(({ id }) => id);
  const generations = await db.generations.newestOf(answers);
  const byMessage = new Map(generations.map((generation) => [generation.messageId, generation]));
  const conversationId = messages[0]?.conversationId ?? "";
  const alternatives = alternativesViews(
    base,
    conversationId,
    await db.messages.alternatives(ownerId, leafId),
  );
  return messages.map((message) => {
    const others = alternatives.get(message.id);
    const shown = others ? { alternatives: others } : {};
    if (message.role !== "assistant") {
      const role = message.role === "user" ? "user" : "system";
      return { role, id: message.id, text: message.content, ...shown };
    }
    const last = message.id === leafId;
    return answerView(message, byMessage.get(message.id), {
      rendered,
      base,
      models,
      last,
      ...how,
      ...shown,
    });
  });
}

function liveView(
  context: RequestContext,
  live: LiveAnswer,
  host: HostView,
  scripted: boolean,
): LiveView {
  const { base } = context;
  const { generationId, conversationId, messageId, model } = live.ids;
  live.settle();
  const view: LiveView = {
    answer: {
      role: "assistant",
      id: messageId,
      model,
      demo: host.models.some((offered) => offered.demo && offered.name === model),
      blocks: [],
      thinking: "",
      end: "live",
    },
    status: live.status,
    stop: hrefs.stop(base, generationId),
  };
  if (!scripted) {
    context.streamAnswer(live, () => footOf(context, messageId));
    return view;
  }
  view.answer.blocks = [...live.markdown.closed];
  view.answer.thinking = live.thinking;
  view.events = {
    tail: live.markdown.tailHtml(),
    connect: hrefs.events(base, conversationId, formatPosition(positionOf(live))),
    self: hrefs.conversation(base, conversationId),
  };
  return view;
}

/** What stands below an answer once it has ended, as the same page would show it after a reload. */
async function footOf(context: RequestContext, messageId: string): Promise<string> {
  const { db, ownerId } = context;
  const message = await db.messages.find(ownerId, messageId);
  if (!message) return "";
  const [answer] = await messageViews(context, [message], {
    leafId: messageId,
    acts: true,
    unscripted: true,
  });
  if (answer?.role !== "assistant") return "";
  return renderToStaticMarkup(AnswerFoot({ answer }));
}
