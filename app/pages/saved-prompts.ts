import * as v from "valibot";
import type { FieldView } from "~/components/field";
import type { PromptFormView, PromptListView, PromptUseView } from "~/components/saved-prompts";
import { findConversation } from "~/conversations/find";
import { fillPlaceholders, placeholdersOf, segmentsOf } from "~/conversations/placeholders";
import { findSavedPrompt, type SavedPromptText, savePrompt } from "~/conversations/saved-prompts";
import { problemOf, StorageError } from "~/errors";
import { type Form, text } from "~/http/form";
import type { RequestContext } from "./context";
import { type ConversationPage, conversationPage } from "./conversation";
import { type HomePage, homePage } from "./home";
import { outcomeOf, showAgain } from "./outcome";

export const SavedPromptFields = v.object({ title: text, text });

const PAGE_ROWS = 100;
const SHOWN_CHARACTERS = 160;
/** A text may have thousands of placeholders. */
const PREVIEW_SEGMENTS = 1_000;

/** The conversation that a prompt is for: `?for=`, or undefined for a new one. */
export function conversationFor(request: Request): string | undefined {
  return new URL(request.url).searchParams.get("for") || undefined;
}

export async function promptListPage(
  { db, hrefs }: RequestContext,
  request: Request,
): Promise<PromptListView> {
  const query = new URL(request.url).searchParams;
  const target = conversationFor(request);
  const rows = await db.savedPrompts.list({
    limit: PAGE_ROWS + 1,
    characters: SHOWN_CHARACTERS,
    after: query.get("after") || undefined,
  });
  const shown = rows.slice(0, PAGE_ROWS);
  const last = rows.length > PAGE_ROWS ? shown.at(-1) : undefined;
  return {
    prompts: shown.map(({ id, title, beginning, goesOn, asks }) => ({
      id,
      title,
      beginning: goesOn ? `${beginning.trimEnd()}…` : beginning,
      use: hrefs.promptUse(id, target),
      asks,
      edit: hrefs.prompt(id, target),
      delete: hrefs.deletePrompt(id, target),
    })),
    add: hrefs.newPrompt(target),
    back: target && hrefs.conversation(target),
    more: last && hrefs.prompts(target, last.id),
  };
}

/** The form of a saved prompt, or of a new one; with the typed text if it was refused. */
export async function promptFormPage(
  context: RequestContext,
  request: Request,
  id: string | undefined,
): Promise<PromptFormView> {
  const { db, hrefs } = context;
  const refused = outcomeOf(context, "saved-prompt-refused");
  const target = conversationFor(request);
  const kept = id === undefined ? { title: "", text: "" } : await findSavedPrompt(db, id);
  const typed: SavedPromptText = refused?.typed ?? { title: kept.title, text: kept.text };
  const { title: titleFault, text: textFault } = refused?.faults ?? {};
  return {
    action: id === undefined ? hrefs.prompts(target) : hrefs.prompt(id, target),
    cancel: hrefs.prompts(target),
    problem: refused?.problem,
    fields: [
      { name: "title", label: "Title", value: typed.title, fault: titleFault },
      {
        name: "text",
        label: "Prompt",
        kind: "area",
        rows: 8,
        value: typed.text,
        hint: "Write {{topic}} where something is to be filled in each time; the name between the braces is yours.",
        fault: textFault,
      },
    ],
  };
}

/** Saves a prompt, or a new one. If it is refused, the response shows the form again with the reasons. */
export async function takeSavedPrompt(
  context: RequestContext,
  id: string | undefined,
  typed: SavedPromptText,
): Promise<Response | undefined> {
  try {
    const faults = await savePrompt(context.db, id, typed);
    if (Object.keys(faults).length === 0) return undefined;
    return showAgain(context, { kind: "saved-prompt-refused", typed, faults }, 422);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    const problem = problemOf(error);
    const outcome = { kind: "saved-prompt-refused", typed, faults: {}, problem } as const;
    return showAgain(context, outcome, 503);
  }
}

/** The form for the placeholders of a saved prompt. */
export async function promptUsePage(
  { db, hrefs }: RequestContext,
  request: Request,
  id: string,
): Promise<PromptUseView> {
  const { title, text } = await findSavedPrompt(db, id);
  const target = conversationFor(request);
  if (target) await findConversation(db, target);
  return {
    title,
    action: hrefs.promptUse(id, target),
    cancel: hrefs.prompts(target),
    fields: placeholdersOf(text).map(
      (name): FieldView => ({ name: fieldOf(name), label: name, value: "", kind: "area", rows: 1 }),
    ),
    segments: segmentsOf(text, PREVIEW_SEGMENTS),
  };
}

/** The text with its placeholders filled in; throws if the prompt or its target is unknown. */
export async function filledPrompt(
  { db }: RequestContext,
  request: Request,
  id: string,
  form: Form,
): Promise<string> {
  const { text } = await findSavedPrompt(db, id);
  const target = conversationFor(request);
  if (target) await findConversation(db, target);
  return fillPlaceholders(text, (name) =>
    (form.text(fieldOf(name)) ?? "").replaceAll("\r\n", "\n"),
  );
}

/** The page with a filled prompt in its composer; nothing is sent yet. */
export async function composerPage(
  context: RequestContext,
  request: Request,
): Promise<{ home: HomePage } | { conversation: ConversationPage }> {
  const target = conversationFor(request);
  return target === undefined
    ? { home: await homePage(context, request, { model: null }) }
    : { conversation: await conversationPage(context, request, target) };
}

/** Placeholders have arbitrary names; the prefix keeps them apart from other fields. */
function fieldOf(name: string): string {
  return `value:${name}`;
}
