import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { SteeringForm } from "~/components/steering-form";
import { readForm } from "~/http/form";
import { handled } from "~/http/handled";
import { Page } from "~/pages/page";
import { steeringPage, takeSteering } from "~/pages/steering";

export const meta: MetaFunction = () => [{ title: "Instructions and options · Parley" }];

const scope = (id = "") => ({ kind: "conversation" as const, id });

export const loader = handled(({ request, params, context }) =>
  steeringPage(context, request, scope(params.id)),
);

export const action = handled(async ({ request, params, context }) => {
  const refused = await takeSteering(context, scope(params.id), await readForm(request));
  if (refused) return refused;
  return redirect(context.hrefs.conversation(params.id ?? ""), 303);
});

export default function ConversationSteering() {
  const { title, form } = useLoaderData<typeof loader>();
  return (
    <Page place="page" title={title}>
      <SteeringForm view={form} />
    </Page>
  );
}
