import { json } from "@remix-run/node";
import { ParleyError } from "~/errors";
import { handle } from "~/http/handle";

/**
 * Every address that nothing else answers, so that the error page has its sidebar. What goes wrong at an
 * address that is no page is shown here as well: see http/request-handler.ts.
 */
export const loader = handle(async ({ context }) => {
  const { outcome } = context;
  if (outcome.kind === "problem") {
    const { status, ...problem } = outcome.problem;
    throw json(problem, { status });
  }
  throw new ParleyError("not-found", "There is nothing at this address.", {
    kind: "unknown",
    next: "It may be mistyped, or what it showed was deleted.",
  });
});

export default function Nothing() {
  return null;
}
