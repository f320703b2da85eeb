import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ImportReport } from "~/components/import-report";
import { handle } from "~/http/handle";
import { readPreferences } from "~/http/preferences";
import { Page } from "~/pages/page";
import { importPage } from "~/pages/transfer";

/** How often a page without script reloads while the import runs. */
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
    // Without its script such a page would never update.
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
