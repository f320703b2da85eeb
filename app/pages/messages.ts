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

/** How the messages of a page are to be shown. */
export interface MessagesShown {
  /** The end of the branch, where the page shows it. */
  leafId: string | undefined;
  /** Whether a browser without script shows the page. */
  unscripted: boolean;
  /** The message that has a form in its place, and the form. */
  form?: { id: string; prompt?: string | undefined; form: MessageFormView } | undefined;
}

/** The settled messages of one page as components show them. */
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
  // One after the other: each is made in steps, and none is held longer than it has to be.
  for (const { id, role, content } of messages) {
    if (role === "assistant") blocks.set(id, await rendered.blocks(id, content));
  }
  return messages.map((message) => {
    const others = alternatives.get(message.id);
    if (message.role !== "assistant") {
      return personTurn(hrefs, message, { others, files: files.get(message.id) }, shown);
    }
    return answerView(message, byMessage.get(message.id), {
      blocks: blocks.get(message.id) ?? [],
      hrefs,
      models,
      leafId: shown.leafId,
      unscripted: shown.unscripted,
      ...(others ? { alternatives: others } : {}),
      ...(shown.form?.id === message.id ? { choosing: shown.form.form } : {}),
    });
  });
}

function personTurn(
  hrefs: Hrefs,
  { id, role, content }: Message,
  {
    others: alternatives,
    files,
  }: { others: AlternativesView | undefined; files: AttachedFile[] | undefined },
  { leafId, form }: MessagesShown,
): PlainMessageView {
  const isPrompt = role === "user";
  const editing = form?.id === id ? form : undefined;
  const unanswered = isPrompt && leafId === id;
  return {
    role: isPrompt ? "user" : role === "tool" ? "tool" : "system",
    id,
    text: editing?.prompt ?? content,
    ...(files ? { files: fileViews(hrefs, files) } : {}),
    ...(alternatives ? { alternatives } : {}),
    ...(editing ? { editing: editing.form } : {}),
    actions: {
      ...(isPrompt ? { edit: hrefs.edit(id) } : {}),
      ...(unanswered ? { answer: hrefs.regenerate(id) } : {}),
      delete: hrefs.deleteMessage(id),
    },
  };
}

/** What stands below an answer once it has ended, as the same page would show it after a reload. */
export async function footOf(context: RequestContext, messageId: string): Promise<string> {
  const { db } = context;
  const message = await db.messages.find(messageId);
  if (!message) return "";
  const [answer] = await messageViews(context, [message], {
    leafId: messageId,
    unscripted: true,
  });
  if (answer?.role !== "assistant") return "";
  const heard = SpokenStatus({ children: endSentence(answer) });
  return renderToStaticMarkup(AnswerFoot({ answer })) + renderToStaticMarkup(heard);
}

/** As much of a message as tells which one it is. */
const SHOWN_CHARACTERS = 500;

/** The page that asks once more before messages are deleted. */
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
