import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Conversation } from "~/components/conversation";
import { EmptyHome } from "~/components/empty-home";
import { PromptUse } from "~/components/saved-prompts";
import { readForm } from "~/http/form";
import { handle } from "~/http/handle";
import { showAgain } from "~/pages/outcome";
import { Page } from "~/pages/page";
import { composerPage, filledPrompt, promptUsePage } from "~/pages/saved-prompts";

export const meta: MetaFunction = () => [{ title: "Use a saved prompt · Parley" }];

/** The form for the placeholders; then the page with the filled composer. */
export const loader = handle(async ({ context, request, id }) =>
  context.outcome.kind !== "prompt-filled"
    ? { form: await promptUsePage(context, request, id) }
    : composerPage(context, request),
);

/** Fills the composer, and sends nothing. */
export const action = handle(async ({ context, request, id }) => {
  const form = await readForm(request);
  form.check();
  const prompt = await filledPrompt(context, request, id, form);
  return showAgain(context, { kind: "prompt-filled", prompt }, 200);
});

export default function UsePrompt() {
  const page = useLoaderData<typeof loader>();
  if ("home" in page) {
    return (
      <Page place="home">
        <EmptyHome {...page.home} />
      </Page>
    );
  }
  if ("conversation" in page) {
    const { title, menu: _, ...conversation } = page.conversation;
    return (
      <Page place="conversation" title={title}>
        <Conversation {...conversation} />
      </Page>
    );
  }
  return (
    <Page place="page" title={page.form.title}>
      <PromptUse view={page.form} />
    </Page>
  );
}
