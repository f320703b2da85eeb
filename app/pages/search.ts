import type { FoundMessageView, SearchView } from "~/components/search-results";
import type { Found, FoundMessage, FoundTitle, SearchWords } from "~/db/search";
import { parseSearch } from "~/search/query";
import { highlight, snippetOf } from "~/search/snippet";
import { inSteps } from "~/shared/in-steps";
import type { RequestContext } from "./context";
import type { Hrefs } from "./hrefs";

/** Titles above the messages of the first page; a link leads to the rest. */
const FIRST_TITLES = 5;
const TITLES = 50;
const MESSAGES = 20;

/** What was typed into the search box; undefined if the address is no search. */
export function typedSearch(request: Request): string | undefined {
  const typed = new URL(request.url).searchParams.get("q");
  return typed?.trim() ? typed : undefined;
}

/** Found titles and messages, or the next page of messages (`?before=`) or titles (`?in=titles`). Accepts any text. */
export async function searchPage(
  { db, hrefs }: RequestContext,
  request: Request,
  typed: string,
): Promise<SearchView> {
  const { url, signal } = request;
  const asked = new URL(url).searchParams;
  const before = parsePosition(asked.get("before"));
  const titlesOnly = asked.get("in") === "titles";
  const { query, misread } = parseSearch(typed);
  const titles: Found<FoundTitle> =
    titlesOnly || before === undefined
      ? await db.search.titlesWith(query, titlesOnly ? TITLES : FIRST_TITLES, before, signal)
      : { found: [] };
  const messages: Found<FoundMessage> = titlesOnly
    ? { found: [] }
    : await db.search.messagesWith(query, MESSAGES, before, signal);
  const next = titlesOnly ? titles.next : messages.next;
  const hasMoreTitles = !titlesOnly && titles.next !== undefined;
  return {
    typed,
    titles: titles.found.map((found) => titleView(hrefs, found, query.words)),
    messages: await inSteps(messageViews(hrefs, messages.found, query.words)),
    moreTitles: hasMoreTitles ? hrefs.search({ q: typed, in: "titles" }) : undefined,
    more:
      next === undefined
        ? undefined
        : hrefs.search({ q: typed, in: titlesOnly ? "titles" : undefined, before: `${next}` }),
    misread,
    sensible: await db.search.isSearchable(query),
    incomplete: !(await db.search.isComplete()),
    now: Date.now(),
  };
}

function titleView(
  hrefs: Hrefs,
  { conversationId, title, archived, updatedAt }: FoundTitle,
  words: readonly SearchWords[],
): SearchView["titles"][number] {
  const href = hrefs.conversation(conversationId);
  return { id: conversationId, href, title: highlight(title, words), archived, updatedAt };
}

/** A generator, since a snippet of a very long text takes long. */
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
