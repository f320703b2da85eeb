import { json } from "@remix-run/node";
import { ParleyError } from "~/errors";
import { handle } from "~/http/handle";

/** The catch-all route; also renders the error page for resource routes, see http/request-handler.ts. */
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
