import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PromptForm, SavedPrompts } from "~/components/saved-prompts";
import { handled } from "~/http/handled";
import { Page } from "~/pages/page";
import {
  conversationFor,
  promptFormPage,
  promptListPage,
  takeSavedPrompt,
} from "~/pages/saved-prompts";

export const meta: MetaFunction = () => [{ title: "Saved prompts · Parley" }];

/** The list; where a new prompt was not taken, its form. */
export const loader = handled(async ({ request, context }) =>
  context.outcome.kind === "saved-prompt-refused"
    ? { form: await promptFormPage(context, request, undefined), list: null }
    : { form: null, list: await promptListPage(context, request) },
);

export const action = handled(async ({ request, context }) => {
  const refused = await takeSavedPrompt(context, request, undefined);
  if (refused) return refused;
  return redirect(context.hrefs.prompts(conversationFor(request)), 303);
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
