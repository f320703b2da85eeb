import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ConversationList } from "~/components/conversation-list";
import { EmptyHome } from "~/components/empty-home";
import { startConversation } from "~/conversations/turns";
import { conversationListPage } from "~/http/conversation-links";
import { readForm } from "~/http/form";
import { handled } from "~/http/handled";
import { homePage } from "~/http/home-page";
import { hrefs } from "~/http/hrefs";
import { Page } from "~/http/page";
import { modelCookie } from "~/http/preferences";
import { checkFiles, readPrompt } from "~/http/prompt-form";
import { refusePrompt } from "~/http/refusal";

export const meta: MetaFunction = () => [{ title: "Conversations · Parley" }];

/** The list; where a prompt was refused, the page that it came from. */
export const loader = handled(async ({ request, context }) =>
  context.refused
    ? { home: await homePage(context, request, { model: null }), list: null }
    : { home: null, list: await conversationListPage(context, request) },
);

export const action = handled(async ({ request, context }) => {
  const field = await readForm(request);
  const form = { ...(await readPrompt(context, field)), system: field("system") ?? "" };
  try {
    checkFiles(form);
    const conversationId = await startConversation(context, context.ownerId, form);
    return redirect(hrefs.conversation(context.base, conversationId), {
      status: 303,
      headers: { "Set-Cookie": modelCookie(form.model ?? "", context.base) },
    });
  } catch (error) {
    return refusePrompt(context, error, form);
  }
});

export default function Conversations() {
  const { home, list } = useLoaderData<typeof loader>();
  if (home) {
    return (
      <Page place="home">
        <EmptyHome {...home} />
      </Page>
    );
  }
  return (
    <Page place="page" title="Conversations">
      <ConversationList {...list} />
    </Page>
  );
}
