import type { MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Transfer } from "~/components/transfer";
import type { Problem } from "~/errors";
import { handled } from "~/http/handled";
import { Page } from "~/pages/page";
import { transferPage } from "~/pages/transfer";

export const meta: MetaFunction = () => [{ title: "Import and export · Parley" }];

export const loader = handled(({ context }) => transferPage(context));

export default function ImportRoute() {
  const view = useLoaderData<typeof loader>();
  const refused = useActionData<{ problem: Problem }>();
  return (
    <Page place="page" title="Import and export">
      <Transfer view={{ ...view, ...refused }} />
    </Page>
  );
}
