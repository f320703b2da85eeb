import { json, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { RenameForm } from "~/components/rename-form";
import { findConversation } from "~/conversations/find";
import { checkTitle } from "~/conversations/title";
import { ParleyError, problemOf } from "~/errors";
import { readForm } from "~/http/form";
import { handled } from "~/http/handled";
import { wayBack } from "~/http/way-back";
import { Page } from "~/pages/page";

export const meta: MetaFunction = () => [{ title: "Rename · Parley" }];

/** The form, which leads back to the page that linked it. */
export const loader = handled(async ({ request, params, context }) => {
  const { db, base, hrefs } = context;
  const { id, title } = await findConversation(db, params.id ?? "");
  const action = hrefs.verb(id, "rename");
  const back = wayBack(request, request.headers.get("referer"), base);
  const elsewhere = back !== hrefs.home() && back !== action;
  return { action, title, back: elsewhere ? back : hrefs.conversation(id) };
});

export const action = handled(async ({ request, params, context }) => {
  const { db, base, hrefs } = context;
  const { id } = await findConversation(db, params.id ?? "");
  const field = await readForm(request);
  const title = field("title") ?? "";
  const back = wayBack(request, field("back") || hrefs.conversation(id), base);
  try {
    await db.conversations.rename(id, checkTitle(title));
  } catch (error) {
    if (!(error instanceof ParleyError) || ![422, 503].includes(error.status)) throw error;
    return json({ title, back, problem: problemOf(error) }, { status: error.status });
  }
  return redirect(back, 303);
});

export default function Rename() {
  const refused = useActionData<typeof action>();
  return (
    <Page place="page" title="Rename">
      <RenameForm view={{ ...useLoaderData<typeof loader>(), ...refused }} />
    </Page>
  );
}
