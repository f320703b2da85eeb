import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PromptDeletion } from "~/components/saved-prompts";
import { findSavedPrompt } from "~/conversations/saved-prompts";
import { handled } from "~/http/handled";
import { Page } from "~/pages/page";
import { conversationFor } from "~/pages/saved-prompts";

export const meta: MetaFunction = () => [{ title: "Delete a saved prompt · Parley" }];

/** Asks once more. */
export const loader = handled(async ({ request, params, context }) => {
  const { db, hrefs } = context;
  const { id, title } = await findSavedPrompt(db, params.id ?? "");
  const target = conversationFor(request);
  return {
    title,
    action: hrefs.deletePrompt(id, target),
    cancel: hrefs.prompts(target),
  };
});

export const action = handled(async ({ request, params, context }) => {
  const { db, hrefs } = context;
  const { id } = await findSavedPrompt(db, params.id ?? "");
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
