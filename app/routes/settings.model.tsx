import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { SteeringForm } from "~/components/steering-form";
import { checkModel } from "~/conversations/prompt";
import { readForm } from "~/http/form";
import { handled } from "~/http/handled";
import { Page } from "~/pages/page";
import { modelScope, steeringPage, takeSteering } from "~/pages/steering";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.title ?? "Defaults"} · Parley` },
];

const nameIn = (request: Request) =>
  checkModel(new URL(request.url).searchParams.get("model") ?? undefined);

export const loader = handled(async ({ request, context }) =>
  steeringPage(context, request, await modelScope(context, nameIn(request))),
);

export const action = handled(async ({ request, context }) => {
  const scope = await modelScope(context, nameIn(request));
  const refused = await takeSteering(context, scope, await readForm(request));
  if (refused) return refused;
  return redirect(`${context.hrefs.modelSettings(scope.model)}&saved`, 303);
});

export default function ModelSettings() {
  const { title, form } = useLoaderData<typeof loader>();
  return (
    <Page place="page" title={title}>
      <SteeringForm view={form} />
    </Page>
  );
}
