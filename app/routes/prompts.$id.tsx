import { json, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PromptForm } from "~/components/saved-prompts";
import { savePrompt } from "~/conversations/saved-prompts";
import { readForm } from "~/http/form";
import { handled } from "~/http/handled";
import { hrefs } from "~/http/hrefs";
import { Page } from "~/http/page";
import { conversationFor, promptFormPage } from "~/http/saved-prompt-pages";

export const meta: MetaFunction = () => [{ title: "Saved prompt · Parley" }];

export const loader = handled(({ request, params, context }) =>
  promptFormPage(context, request, params.id ?? ""),
);

export const action = handled(async ({ request, params, context }) => {
  const { db, ownerId, base } = context;
  const field = await readForm(request);
  const typed = { title: field("title") ?? "", text: field("text") ?? "" };
  const faults = await savePrompt(db, ownerId, params.id ?? "", typed);
  if (Object.keys(faults).length === 0)
    return redirect(hrefs.prompts(base, conversationFor(request)), 303);
  context.savedPromptRefused = { typed, faults };
  return json(null, { status: 422 });
});

export default function Prompt() {
  return (
    <Page place="page" title="Saved prompt">
      <PromptForm view={useLoaderData<typeof loader>()} />
    </Page>
  );
}
