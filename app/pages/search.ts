import type { FoundMessageView, SearchView } from "~/components/search-results";
import type { Found, FoundMessage, FoundTitle, SearchWords } from "~/db/search";
import { parseSearch } from "~/search/query";
import { marked, snippetOf } from "~/search/snippet";
import { inSteps } from "~/shared/in-steps";
import type { RequestContext } from "./context";
import type { Hrefs } from "./hrefs";

/** On the first page titles stand above messages: a few, with a way to the rest. */
const FIRST_TITLES = 5;
const TITLES = 50;
const MESSAGES = 20;

/** What was typed into the search box of the page that is asked for; undefined where it is no search. */
export function typedSearch(request: Request): string | undefined {
  const typed = new URL(request.url).searchParams.get("q");
  return typed?.trim() ? typed : undefined;
}

/**
 * A page of what a search has found: titles and messages, or the next page of the messages that `?before=`
 * names, or of the titles for `?in=titles`. Throws nothing, whatever was typed.
 */
export async function searchPage(
  { db, hrefs }: RequestContext,
  request: Request,
  typed: string,
): Promise<SearchView> {
  const { signal } = request;
  const asked = new URL(request.url).searchParams;
  const behind = parsePosition(asked.get("before"));
  const titlesOnly = asked.get("in") === "titles";
  const { query, misread } = parseSearch(typed);
  const none = { found: [] };
  const titles: Found<FoundTitle> =
    titlesOnly || behind === undefined
      ? await db.search.titlesWith(query, titlesOnly ? TITLES : FIRST_TITLES, behind, signal)
      : none;
  const messages: Found<FoundMessage> = titlesOnly
    ? none
    : await db.search.messagesWith(query, MESSAGES, behind, signal);
  const next = titlesOnly ? titles.next : messages.next;
  return {
    typed,
    titles: titles.found.map(({ conversationId, title, ...rest }) => ({
      id: conversationId,
      href: hrefs.conversation(conversationId),
      title: marked(title, query.words),
      archived: rest.archived,
      updatedAt: rest.updatedAt,
    })),
    messages: await inSteps(messageViews(hrefs, messages.found, query.words)),
    ...(titles.next === undefined || titlesOnly
      ? {}
      : { moreTitles: hrefs.search({ q: typed, in: "titles" }) }),
    ...(next === undefined
      ? {}
      : {
          more: hrefs.search({
            q: typed,
            ...(titlesOnly ? { in: "titles" } : {}),
            before: String(next),
          }),
        }),
    misread,
    sensible: await db.search.asksAnything(query),
    incomplete: !(await db.search.isComplete()),
    now: Date.now(),
  };
}

/** One by one: a hit may be looked for in a very long text. */
function* messageViews(
  hrefs: Hrefs,
  all: readonly FoundMessage[],
  words: readonly SearchWords[],
): Generator<FoundMessageView, void> {
  for (const found of all) {
    yield { ...messageView(hrefs, found), snippet: snippetOf(found.content, words) };
  }
}

function messageView(hrefs: Hrefs, found: FoundMessage): Omit<FoundMessageView, "snippet"> {
  const { conversationId, messageId, title, archived, role, model, createdAt } = found;
  return {
    id: messageId,
    href: hrefs.message(conversationId, messageId),
    title,
    by: role === "user" ? "You" : role === "system" ? "Instructions" : (model ?? "Answer"),
    archived,
    createdAt,
  };
}

function parsePosition(text: string | null): number | undefined {
  return /^\d{1,15}$/.test(text ?? "") ? Number(text) : undefined;
}
