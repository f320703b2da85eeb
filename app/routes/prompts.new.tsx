import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PromptForm } from "~/components/saved-prompts";
import { handle } from "~/http/handle";
import { Page } from "~/pages/page";
import { promptFormPage } from "~/pages/saved-prompts";

export const meta: MetaFunction = () => [{ title: "New prompt · Parley" }];

export const loader = handle(({ context, request }) => promptFormPage(context, request, undefined));

export default function NewPrompt() {
  return (
    <Page place="page" title="New prompt">
      <PromptForm view={useLoaderData<typeof loader>()} />
    </Page>
  );
}
