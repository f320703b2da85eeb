import { redirect } from "@remix-run/node";
import { handled } from "~/http/handled";
import { forgetScriptCookie } from "~/http/preferences";
import { wayBack } from "~/http/way-back";

/**
 * Where a browser without script is sent that still has the cookie of one with: it loses the cookie and
 * goes back to the page, which then streams.
 */
export const loader = handled(async ({ request, context }) => {
  const to = new URL(request.url).searchParams.get("to");
  return redirect(wayBack(request, to, context.base), {
    status: 303,
    headers: { "Set-Cookie": forgetScriptCookie(context.base) },
  });
});
