import { json, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Settings } from "~/components/settings";
import { readForm } from "~/http/form";
import { handled } from "~/http/handled";
import { hrefs } from "~/pages/hrefs";
import { Page } from "~/pages/page";
import { settingsPage } from "~/pages/settings";
import { takeSteering } from "~/pages/steering";

export const meta: MetaFunction = () => [{ title: "Settings · Parley" }];

export const loader = handled(({ request, context }) => settingsPage(context, request));

export const action = handled(async ({ request, context }) => {
  const status = await takeSteering(context, { kind: "person" }, await readForm(request));
  if (status) return json(null, { status });
  return redirect(`${hrefs.settings(context.base)}?saved`, 303);
});

export default function SettingsRoute() {
  return (
    <Page place="page" title="Settings">
      <Settings view={useLoaderData<typeof loader>()} />
    </Page>
  );
}
