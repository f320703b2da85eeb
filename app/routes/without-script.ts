import { redirect } from "@remix-run/node";
import { handle } from "~/http/handle";
import { forgetScriptCookie } from "~/http/preferences";
import { wayBack } from "~/http/way-back";

/** Deletes the cookie of a browser that no longer runs script; its page then streams. */
export const loader = handle(async ({ context: { base }, request, query }) =>
  redirect(wayBack(request, query.get("to"), base), {
    status: 303,
    headers: { "Set-Cookie": forgetScriptCookie(base) },
  }),
);
