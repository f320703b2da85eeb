import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Settings } from "~/components/settings";
import { readForm } from "~/http/form";
import { handled } from "~/http/handled";
import { Page } from "~/pages/page";
import { settingsPage } from "~/pages/settings";
import { takeSteering } from "~/pages/steering";

export const meta: MetaFunction = () => [{ title: "Settings · Parley" }];

export const loader = handled(({ request, context }) => settingsPage(context, request));

export const action = handled(async ({ request, context }) => {
  const refused = await takeSteering(context, { kind: "person" }, await readForm(request));
  if (refused) return refused;
  return redirect(`${context.hrefs.settings()}?saved`, 303);
});

export default function SettingsRoute() {
  return (
    <Page place="page" title="Settings">
      <Settings view={useLoaderData<typeof loader>()} />
    </Page>
  );
}
