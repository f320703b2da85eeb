import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { SteeringForm } from "~/components/steering-form";
import { handle, handleForm } from "~/http/handle";
import { Page } from "~/pages/page";
import { SteeringFields, steeringPage, takeSteering } from "~/pages/steering";

export const meta: MetaFunction = () => [{ title: "Instructions and options · Parley" }];

export const loader = handle(({ context, request, id }) =>
  steeringPage(context, request, { kind: "conversation", id }),
);

export const action = handleForm(SteeringFields, async (typed, { context, id }) => {
  const refused = await takeSteering(context, { kind: "conversation", id }, typed);
  return refused ?? redirect(context.hrefs.conversation(id), 303);
});

export default function ConversationSteering() {
  const { title, form } = useLoaderData<typeof loader>();
  return (
    <Page place="page" title={title}>
      <SteeringForm view={form} />
    </Page>
  );
}
