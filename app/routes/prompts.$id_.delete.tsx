import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PromptDeletion } from "~/components/saved-prompts";
import { findSavedPrompt } from "~/conversations/saved-prompts";
import { handle } from "~/http/handle";
import { Page } from "~/pages/page";
import { conversationFor } from "~/pages/saved-prompts";

export const meta: MetaFunction = () => [{ title: "Delete a saved prompt · Parley" }];

export const loader = handle(async ({ context, request, id: promptId }) => {
  const { db, hrefs } = context;
  const { id, title } = await findSavedPrompt(db, promptId);
  const target = conversationFor(request);
  return {
    title,
    action: hrefs.deletePrompt(id, target),
    cancel: hrefs.prompts(target),
  };
});

export const action = handle(async ({ context, request, id: promptId }) => {
  const { db, hrefs } = context;
  const { id } = await findSavedPrompt(db, promptId);
  await db.savedPrompts.remove(id);
  return redirect(hrefs.prompts(conversationFor(request)), 303);
});

export default function DeletePrompt() {
  return (
    <Page place="page" title="Delete a saved prompt">
      <PromptDeletion view={useLoaderData<typeof loader>()} />
    </Page>
  );
}
