import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Transfer } from "~/components/transfer";
import { handle } from "~/http/handle";
import { Page } from "~/pages/page";
import { transferPage } from "~/pages/transfer";

export const meta: MetaFunction = () => [{ title: "Import and export · Parley" }];

export const loader = handle(({ context }) => transferPage(context));

export default function ImportRoute() {
  return (
    <Page place="page" title="Import and export">
      <Transfer view={useLoaderData<typeof loader>()} />
    </Page>
  );
}
