import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Settings } from "~/components/settings";
import { handle, handleForm } from "~/http/handle";
import { Page } from "~/pages/page";
import { SteeringFields, settingsPage, takeSteering } from "~/pages/steering";

export const meta: MetaFunction = () => [{ title: "Settings · Parley" }];

export const loader = handle(({ context, request }) => settingsPage(context, request));

export const action = handleForm(SteeringFields, async (typed, { context }) => {
  const refused = await takeSteering(context, { kind: "person" }, typed);
  return refused ?? redirect(`${context.hrefs.settings()}?saved`, 303);
});

export default function SettingsRoute() {
  return (
    <Page place="page" title="Settings">
      <Settings view={useLoaderData<typeof loader>()} />
    </Page>
  );
}
