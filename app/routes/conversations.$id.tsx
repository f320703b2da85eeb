import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Conversation } from "~/components/conversation";
import { ConversationMenu } from "~/components/conversation-menu";
import { handle } from "~/http/handle";
import { conversationPage } from "~/pages/conversation";
import { Page } from "~/pages/page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.title} · Parley` : "Parley" },
];

export const loader = handle(({ context, request, id }) => conversationPage(context, request, id));

export default function ConversationRoute() {
  const { title, menu, ...conversation } = useLoaderData<typeof loader>();
  return (
    <Page place="conversation" title={title} actions={<ConversationMenu view={menu} />}>
      <Conversation {...conversation} />
    </Page>
  );
}
