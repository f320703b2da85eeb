import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PromptForm } from "~/components/saved-prompts";
import { handle, handleForm } from "~/http/handle";
import { Page } from "~/pages/page";
import {
  conversationFor,
  promptFormPage,
  SavedPromptFields,
  takeSavedPrompt,
} from "~/pages/saved-prompts";

export const meta: MetaFunction = () => [{ title: "Saved prompt · Parley" }];

export const loader = handle(({ context, request, id }) => promptFormPage(context, request, id));

export const action = handleForm(SavedPromptFields, async (typed, { context, request, id }) => {
  const refused = await takeSavedPrompt(context, id, typed);
  return refused ?? redirect(context.hrefs.prompts(conversationFor(request)), 303);
});

export default function Prompt() {
  return (
    <Page place="page" title="Saved prompt">
      <PromptForm view={useLoaderData<typeof loader>()} />
    </Page>
  );
}
