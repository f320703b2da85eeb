import { type ActionFunctionArgs, type AppLoadContext, json } from "@remix-run/node";
import type * as v from "valibot";
import { type ErrorKind, ParleyError, type Problem, problemOf } from "~/errors";
import { type FormSchema, readForm } from "./form";

export interface Asked {
  context: AppLoadContext;
  request: Request;
  /** The id or hash in the address; "" if it has none. */
  id: string;
  query: URLSearchParams;
}

/** A loader or an action. A ParleyError becomes a JSON problem; any other error a 500 with an id, and is logged. */
export function handle<T>(
  handler: (asked: Asked) => Promise<T>,
): (args: ActionFunctionArgs) => Promise<T> {
  return async ({ context, request, params }) => {
    const id = params.id ?? params.hash ?? "";
    const query = new URL(request.url).searchParams;
    try {
      return await handler({ context, request, id, query });
    } catch (error) {
      if (error instanceof Response) throw error;
      throw errorResponse(error, request, context);
    }
  };
}

/** An action for a form; throws a ParleyError if it has too many fields. */
export function handleForm<S extends FormSchema, T>(
  schema: S,
  handler: (fields: v.InferOutput<S>, asked: Asked) => Promise<T>,
): (args: ActionFunctionArgs) => Promise<T> {
  return handle(async (asked) => {
    const form = await readForm(asked.request);
    form.check();
    return handler(form.read(schema), asked);
  });
}

/** The loader of an address that only takes forms. */
export const formOnly = handle(async () => {
  throw json<Problem>(
    {
      code: "wrong-method",
      sentence: "This address takes a form; there is nothing to look at.",
      next: "Go back, or begin from the first page.",
    },
    { status: 405, headers: { Allow: "POST" } },
  );
});

const STATUS: Record<ErrorKind, number> = {
  malformed: 400,
  forbidden: 403,
  unknown: 404,
  "wrong-method": 405,
  conflict: 409,
  "too-large": 413,
  invalid: 422,
  fault: 500,
  unavailable: 503,
};

export function statusOf({ kind }: ParleyError): number {
  return STATUS[kind];
}

function errorResponse(error: unknown, request: Request, context: AppLoadContext): Response {
  if (error instanceof ParleyError) return json(problemOf(error), { status: statusOf(error) });
  const id = Bun.randomUUIDv7();
  context.log.error("request failed", { id, url: new URL(request.url).pathname, error });
  return json<Problem>(ownFault(id), { status: 500 });
}

/** The problem for an unexpected error. */
export function ownFault(id: string): Problem {
  return {
    code: "own-fault",
    sentence: "Something went wrong in Parley.",
    next: "Try again; the log says more.",
    id,
  };
}
