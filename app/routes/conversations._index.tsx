import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ConversationList } from "~/components/conversation-list";
import { EmptyHome } from "~/components/empty-home";
import { SearchBox } from "~/components/search-box";
import { SearchResults } from "~/components/search-results";
import { startConversation } from "~/conversations/turns";
import { readUncheckedForm } from "~/http/form";
import { handled } from "~/http/handled";
import { keepModel } from "~/http/preferences";
import { conversationListPage } from "~/pages/conversation-list";
import { homePage } from "~/pages/home";
import { Page } from "~/pages/page";
import { checkFiles, readPrompt } from "~/pages/prompt-form";
import { refusePrompt } from "~/pages/refusal";
import { searchPage, typedSearch } from "~/pages/search";
import { takeOnce } from "~/pages/sent-form";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.search ? `${data.search.typed} · Search` : titleOf(data)} · Parley` },
];

/** The list, or what a search has found; where a prompt was refused, the page that it came from. */
export const loader = handled(async ({ request, context }) => {
  const page = { action: context.hrefs.conversations(), home: null, list: null, search: null };
  if (context.outcome.kind === "prompt-refused") {
    return { ...page, home: await homePage(context, request, { model: null }) };
  }
  const typed = typedSearch(request);
  return typed === undefined
    ? { ...page, list: await conversationListPage(context, request) }
    : { ...page, search: await searchPage(context, request, typed) };
});

export const action = handled(async ({ request, context }) => {
  const field = await readUncheckedForm(request);
  const take = async (clientId: string | undefined) => {
    const form = { ...(await readPrompt(context, field)), system: field("system") ?? "" };
    try {
      field.check();
      checkFiles(form);
      return await startConversation(context, { ...form, clientId });
    } catch (error) {
      return refusePrompt(context, error, form);
    }
  };
  return takeOnce(context, request, field, take, async (conversationId) =>
    redirect(context.hrefs.conversation(conversationId), {
      status: 303,
      ...(await keepModel(context, field("model"))),
    }),
  );
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
