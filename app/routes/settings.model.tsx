import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { SteeringForm } from "~/components/steering-form";
import { handle, handleForm } from "~/http/handle";
import { Page } from "~/pages/page";
import { modelScope, SteeringFields, steeringPage, takeSteering } from "~/pages/steering";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.title ?? "Defaults"} · Parley` },
];

export const loader = handle(async ({ context, request, query }) =>
  steeringPage(context, request, await modelScope(context, query.get("model"))),
);

export const action = handleForm(SteeringFields, async (typed, { context, query }) => {
  const scope = await modelScope(context, query.get("model"));
  const refused = await takeSteering(context, scope, typed);
  return refused ?? redirect(`${context.hrefs.modelSettings(scope.model)}&saved`, 303);
});

export default function ModelSettings() {
  const { title, form } = useLoaderData<typeof loader>();
  return (
    <Page place="page" title={title}>
      <SteeringForm view={form} />
    </Page>
  );
}
