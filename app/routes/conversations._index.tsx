import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ConversationList } from "~/components/conversation-list";
import { EmptyHome } from "~/components/empty-home";
import { SearchBox } from "~/components/search-box";
import { SearchResults } from "~/components/search-results";
import { startConversation } from "~/conversations/turns";
import { handle } from "~/http/handle";
import { conversationListPage } from "~/pages/conversation-list";
import { homePage } from "~/pages/home";
import { Page } from "~/pages/page";
import { handlePrompt } from "~/pages/prompt-form";
import { searchPage, typedSearch } from "~/pages/search";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.search ? `${data.search.typed} · Search` : titleOf(data)} · Parley` },
];

/** The list or search results; after a refused prompt, the first page. */
export const loader = handle(async ({ context, request }) => {
  const page = { action: context.hrefs.conversations(), home: null, list: null, search: null };
  if (context.outcome.kind === "prompt-refused") {
    return { ...page, home: await homePage(context, request, { model: null }) };
  }
  const typed = typedSearch(request);
  return typed === undefined
    ? { ...page, list: await conversationListPage(context, request) }
    : { ...page, search: await searchPage(context, request, typed) };
});

export const action = handlePrompt((prompt, { context }) => startConversation(context, prompt), {
  keepsModel: true,
});

export default function Conversations() {
  const { action, home, list, search } = useLoaderData<typeof loader>();
  if (home) {
    return (
      <Page place="home">
        <EmptyHome {...home} />
      </Page>
    );
  }
  return (
    <Page place="page" title={titleOf({ search, list })}>
      <SearchBox
        action={action}
        typed={search?.typed ?? ""}
        id="search-here"
        name="Search from here"
        large
      />
      {search ? <SearchResults view={search} /> : null}
      {list ? <ConversationList {...list} /> : null}
    </Page>
  );
}

function titleOf(shown: { search: object | null; list: { archived: boolean } | null } | undefined) {
  if (shown?.search) return "Search";
  return shown?.list?.archived ? "Archived conversations" : "Conversations";
}
