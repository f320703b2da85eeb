import { useLoaderData } from "@remix-run/react";
import { PatternsPage } from "~/components/patterns";
import { ParleyError } from "~/errors";
import { handled } from "~/http/handled";

/** Each component in each state; in development and tests only. */
export const loader = handled(async ({ context }) => {
  if (context.patterns) return { base: context.base };
  throw new ParleyError("not-found", "There is nothing at this address.", { status: 404 });
});

export default function Patterns() {
  return <PatternsPage {...useLoaderData<typeof loader>()} />;
}
