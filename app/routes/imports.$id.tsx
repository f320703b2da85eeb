import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ImportReport } from "~/components/import-report";
import { handle } from "~/http/handle";
import { readPreferences } from "~/http/preferences";
import { Page } from "~/pages/page";
import { importPage } from "~/pages/transfer";

/** How often a page without script asks for itself while the import goes on. */
const REFRESH_SECONDS = "2";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: "Import · Parley" },
  ...(data?.refreshes ? [{ httpEquiv: "refresh", content: REFRESH_SECONDS }] : []),
];

export const loader = handle(async ({ context, request, id }) => {
  const page = await importPage(context, id);
  const running = page.view.state === "running";
  const { scripted } = readPreferences(request);
  return {
    ...page,
    refreshes: running && !scripted,
    // A browser that ran scripts once and does not now would wait for ever.
    reliesOnScript: running && scripted,
  };
});

export default function ImportRoute() {
  const { refreshes: _, reliesOnScript: __, ...page } = useLoaderData<typeof loader>();
  return (
    <Page place="page" title="Import">
      <ImportReport {...page} />
    </Page>
  );
}
