import { useLoaderData } from "@remix-run/react";
import { EmptyHome } from "~/components/empty-home";
import { handle } from "~/http/handle";
import { homePage } from "~/pages/home";
import { Page } from "~/pages/page";

export const loader = handle(({ context, request, query }) =>
  homePage(context, request, { model: query.get("model") }),
);

export default function Home() {
  return (
    <Page place="home">
      <EmptyHome {...useLoaderData<typeof loader>()} />
    </Page>
  );
}
