import { useLoaderData } from "@remix-run/react";
import { EmptyHome } from "~/components/empty-home";
import { handled } from "~/http/handled";
import { homePage } from "~/pages/home";
import { Page } from "~/pages/page";

export const loader = handled(({ request, context }) =>
  homePage(context, request, { model: new URL(request.url).searchParams.get("model") }),
);

export default function Home() {
  return (
    <Page place="home">
      <EmptyHome {...useLoaderData<typeof loader>()} />
    </Page>
  );
}
