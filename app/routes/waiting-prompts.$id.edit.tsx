import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Conversation } from "~/components/conversation";
import { EditWaiting } from "~/components/waiting-prompts";
import { editWaiting } from "~/conversations/waiting-prompts";
import { readUncheckedForm } from "~/http/form";
import { handled } from "~/http/handled";
import { editWaitingPage, waitsNoLonger } from "~/pages/edit-waiting-prompt";
import { Page } from "~/pages/page";
import { refusePrompt } from "~/pages/refusal";

export const meta: MetaFunction = () => [{ title: "Edit a waiting prompt · Parley" }];

/** The form; where the prompt waits no longer, the conversation with the text in its box. */
export const loader = handled(({ request, params, context }) =>
  editWaitingPage(context, request, params.id ?? ""),
);

export const action = handled(async ({ request, params, context }) => {
  const { hrefs } = context;
  const field = await readUncheckedForm(request);
  const form = { prompt: field("prompt") ?? "", model: field("model") };
  try {
    field.check();
    const conversationId = await editWaiting(context, params.id ?? "", form);
    return redirect(hrefs.conversation(conversationId), 303);
  } catch (error) {
    return refusePrompt(context, await waitsNoLonger(context, request, error), form);
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
