import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { RenameForm } from "~/components/rename-form";
import { handle, handleForm } from "~/http/handle";
import { wayBack } from "~/http/way-back";
import { RenameFields, renamePage, takeTitle } from "~/pages/conversation-menu";
import { Page } from "~/pages/page";

export const meta: MetaFunction = () => [{ title: "Rename · Parley" }];

export const loader = handle(({ context, request, id }) => renamePage(context, request, id));

export const action = handleForm(RenameFields, async (fields, { context, request, id }) => {
  const back = wayBack(request, fields.back || context.hrefs.conversation(id), context.base);
  const refused = await takeTitle(context, id, { title: fields.title, back });
  return refused ?? redirect(back, 303);
});

export default function Rename() {
  return (
    <Page place="page" title="Rename">
      <RenameForm view={useLoaderData<typeof loader>()} />
    </Page>
  );
}
