import { useLoaderData } from "@remix-run/react";
import { PatternsPage } from "~/components/patterns";
import { ParleyError } from "~/errors";
import { handle } from "~/http/handle";

/** Each component in each state; in development and tests only. */
export const loader = handle(async ({ context }) => {
  if (context.patterns) return { base: context.base };
  throw new ParleyError("not-found", "There is nothing at this address.", { kind: "unknown" });
});

export default function Patterns() {
  return <PatternsPage {...useLoaderData<typeof loader>()} />;
}
