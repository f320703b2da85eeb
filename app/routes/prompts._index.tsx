import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PromptForm, SavedPrompts } from "~/components/saved-prompts";
import { handle, handleForm } from "~/http/handle";
import { Page } from "~/pages/page";
import {
  conversationFor,
  promptFormPage,
  promptListPage,
  SavedPromptFields,
  takeSavedPrompt,
} from "~/pages/saved-prompts";

export const meta: MetaFunction = () => [{ title: "Saved prompts · Parley" }];

/** The list; after a refused new prompt, its form. */
export const loader = handle(async ({ context, request }) =>
  context.outcome.kind === "saved-prompt-refused"
    ? { form: await promptFormPage(context, request, undefined), list: null }
    : { form: null, list: await promptListPage(context, request) },
);

export const action = handleForm(SavedPromptFields, async (typed, { context, request }) => {
  const refused = await takeSavedPrompt(context, undefined, typed);
  return refused ?? redirect(context.hrefs.prompts(conversationFor(request)), 303);
});

export default function Prompts() {
  const { form, list } = useLoaderData<typeof loader>();
  return (
    <Page place="page" title={form ? "New prompt" : "Saved prompts"}>
      {form ? <PromptForm view={form} /> : null}
      {list ? <SavedPrompts view={list} /> : null}
    </Page>
  );
}
