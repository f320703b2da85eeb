import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PromptForm } from "~/components/saved-prompts";
import { handled } from "~/http/handled";
import { Page } from "~/pages/page";
import { conversationFor, promptFormPage, takeSavedPrompt } from "~/pages/saved-prompts";

export const meta: MetaFunction = () => [{ title: "Saved prompt · Parley" }];

export const loader = handled(({ request, params, context }) =>
  promptFormPage(context, request, params.id ?? ""),
);

export const action = handled(async ({ request, params, context }) => {
  const refused = await takeSavedPrompt(context, request, params.id ?? "");
  if (refused) return refused;
  return redirect(context.hrefs.prompts(conversationFor(request)), 303);
});

export default function Prompt() {
  return (
    <Page place="page" title="Saved prompt">
      <PromptForm view={useLoaderData<typeof loader>()} />
    </Page>
  );
}
