import { renderToStaticMarkup } from "react-dom/server.browser";
import { AnswerFoot } from "~/components/answer-foot";
import type { DeleteMessageView } from "~/components/delete-message";
import { SpokenStatus } from "~/components/live-answer";
import { endSentence } from "~/components/live-status";
import type { AlternativesView } from "~/components/message-actions";
import type { MessageFormView } from "~/components/message-form";
import type { MessageView } from "~/components/message-list";
import type { PlainMessageView } from "~/components/plain-message";
import { countWithFollowing } from "~/conversations/alternatives";
import { findMessage } from "~/conversations/find";
import type { AttachedFile } from "~/db/files";
import type { Message } from "~/db/messages";
import { alternativesViews, answerView } from "./answer";
import { hostView } from "./composer";
import type { RequestContext } from "./context";
import { fileViews } from "./files";
import type { Hrefs } from "./hrefs";
import { outcomeOf } from "./outcome";

export interface MessagesShown {
  leafId: string | undefined;
  unscripted: boolean;
  form?: { id: string; prompt?: string; form: MessageFormView };
}

/** The views of settled messages. */
export async function messageViews(
  context: RequestContext,
  messages: readonly Message[],
  shown: MessagesShown,
): Promise<MessageView[]> {
  const { db, hrefs, rendered } = context;
  const { models } = await hostView(context);
  const answers = messages.filter(({ role }) => role === "assistant").map(({ id }) => id);
  const generations = await db.generations.newestOf(answers);
  const byMessage = new Map(generations.map((generation) => [generation.messageId, generation]));
  const ids = messages.map(({ id }) => id);
  const alternatives = alternativesViews(hrefs, await db.branches.alternatives(ids), shown.leafId);
  const files = await db.files.ofMessages(ids);
  const blocks = new Map<string, string[]>();
  // One after the other, to limit memory: rendering a long answer takes several steps.
  for (const { id, role, content } of messages) {
    if (role === "assistant") blocks.set(id, await rendered.blocks(id, content));
  }
  return messages.map((message) => {
    const others = alternatives.get(message.id);
    if (message.role !== "assistant") {
      return plainMessageView(hrefs, message, { others, files: files.get(message.id) }, shown);
    }
    return answerView(message, byMessage.get(message.id), {
      blocks: blocks.get(message.id) ?? [],
      hrefs,
      models,
      leafId: shown.leafId,
      unscripted: shown.unscripted,
      alternatives: others,
      choosing: shown.form?.id === message.id ? shown.form.form : undefined,
    });
  });
}

function plainMessageView(
  hrefs: Hrefs,
  { id, role, content }: Message,
  { others: alternatives, files }: { others?: AlternativesView; files?: AttachedFile[] },
  { leafId, form }: MessagesShown,
): PlainMessageView {
  const isPrompt = role === "user";
  const editing = form?.id === id ? form : undefined;
  const unanswered = isPrompt && leafId === id;
  return {
    role: isPrompt ? "user" : role === "tool" ? "tool" : "system",
    id,
    text: editing?.prompt ?? content,
    files: files && fileViews(hrefs, files),
    alternatives,
    editing: editing?.form,
    actions: {
      edit: isPrompt ? hrefs.edit(id) : undefined,
      answer: unanswered ? hrefs.regenerate(id) : undefined,
      delete: hrefs.deleteMessage(id),
    },
  };
}

/** HTML of what a reloaded page shows below an answer that has ended. */
export async function footOf(context: RequestContext, messageId: string): Promise<string> {
  const { db } = context;
  const message = await db.messages.find(messageId);
  if (!message) return "";
  const [answer] = await messageViews(context, [message], {
    leafId: messageId,
    unscripted: true,
  });
  if (answer?.role !== "assistant") return "";
  const status = SpokenStatus({ children: endSentence(answer) });
  return renderToStaticMarkup(AnswerFoot({ answer })) + renderToStaticMarkup(status);
}

const SHOWN_CHARACTERS = 500;

/** The page that asks for confirmation before messages are deleted. */
export async function deletionPage(
  context: RequestContext,
  id: string,
): Promise<DeleteMessageView> {
  const { db, hrefs } = context;
  const { role, content, conversationId } = await findMessage(db, id);
  return {
    isPrompt: role !== "assistant",
    text: content.length > SHOWN_CHARACTERS ? `${content.slice(0, SHOWN_CHARACTERS)}…` : content,
    count: await countWithFollowing(db, id),
    action: hrefs.deleteMessage(id),
    cancel: hrefs.message(conversationId, id),
    problem: outcomeOf(context, "deletion-refused")?.problem,
  };
}
