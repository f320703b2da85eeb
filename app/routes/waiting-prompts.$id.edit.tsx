import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Conversation } from "~/components/conversation";
import { EditWaiting } from "~/components/waiting-prompts";
import { editWaiting } from "~/conversations/waiting-prompts";
import { handle } from "~/http/handle";
import { editWaitingPage, noLongerWaiting } from "~/pages/edit-waiting-prompt";
import { Page } from "~/pages/page";
import { handlePrompt } from "~/pages/prompt-form";

export const meta: MetaFunction = () => [{ title: "Edit a waiting prompt · Parley" }];

/** The form; the conversation with the text in its box if the prompt is no longer waiting. */
export const loader = handle(({ context, request, id }) => editWaitingPage(context, request, id));

export const action = handlePrompt(async (prompt, { context, request, id }) => {
  try {
    return await editWaiting(context, id, prompt);
  } catch (error) {
    throw await noLongerWaiting(context, request, error);
  }
});

export default function EditWaitingRoute() {
  const { edit, conversation } = useLoaderData<typeof loader>();
  if (conversation) {
    const { title, ...shown } = conversation;
    return (
      <Page place="conversation" title={title}>
        <Conversation {...shown} />
      </Page>
    );
  }
  return (
    <Page place="page" title="Edit a waiting prompt">
      <EditWaiting {...edit} />
    </Page>
  );
}
