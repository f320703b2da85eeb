import { json, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PromptForm } from "~/components/saved-prompts";
import { handled } from "~/http/handled";
import { hrefs } from "~/pages/hrefs";
import { Page } from "~/pages/page";
import { conversationFor, promptFormPage, takeSavedPrompt } from "~/pages/saved-prompts";

export const meta: MetaFunction = () => [{ title: "Saved prompt · Parley" }];

export const loader = handled(({ request, params, context }) =>
  promptFormPage(context, request, params.id ?? ""),
);

export const action = handled(async ({ request, params, context }) => {
  const status = await takeSavedPrompt(context, request, params.id ?? "");
  if (status) return json(null, { status });
  return redirect(hrefs.prompts(context.base, conversationFor(request)), 303);
});

export default function Prompt() {
  return (
    <Page place="page" title="Saved prompt">
      <PromptForm view={useLoaderData<typeof loader>()} />
    </Page>
  );
}
