import { redirect } from "@remix-run/node";
import { readForm } from "~/http/form";
import { formOnly, handled } from "~/http/handled";
import { themeCookie, themeFrom } from "~/http/preferences";
import { wayBack } from "~/http/way-back";

export const loader = formOnly;

export const action = handled(async ({ request, context }) => {
  const field = await readForm(request);
  const { base } = context;
  return redirect(wayBack(request, request.headers.get("referer"), base), {
    status: 303,
    headers: { "Set-Cookie": themeCookie(themeFrom(field("theme")), base) },
  });
});
