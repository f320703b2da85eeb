import { type ActionFunctionArgs, json } from "@remix-run/node";
import { ParleyError, type Problem, problemOf } from "~/errors";

type Handler<T> = (args: ActionFunctionArgs) => Promise<T>;

/**
 * A loader or action whose errors become what the error page shows: an error that a person may read as
 * it is, everything else as our own fault with an id that the log has too.
 */
export function handled<T>(handler: Handler<T>): Handler<T> {
  return async (args) => {
    try {
      return await handler(args);
    } catch (error) {
      if (error instanceof Response) throw error;
      throw errorResponse(error, args);
    }
  };
}

/** The loader of an address that takes forms only. */
export const formOnly = handled(async () => {
  throw json<Problem>(
    {
      code: "wrong-method",
      sentence: "This address takes a form; there is nothing to look at.",
      next: "Go back, or begin from the first page.",
    },
    { status: 405, headers: { Allow: "POST" } },
  );
});

function errorResponse(error: unknown, { request, context }: ActionFunctionArgs): Response {
  if (error instanceof ParleyError) return json(problemOf(error), { status: error.status });
  const id = Bun.randomUUIDv7();
  context.log.error("request failed", { id, url: new URL(request.url).pathname, error });
  return json<Problem>(ownFault(id), { status: 500 });
}

/** What a page says of a fault of ours. */
export function ownFault(id: string): Problem {
  return {
    code: "own-fault",
    sentence: "Something went wrong in Parley.",
    next: "Try again; the log says more.",
    id,
  };
}
