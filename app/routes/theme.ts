import { redirect } from "@remix-run/node";
import * as v from "valibot";
import { text } from "~/http/form";
import { handleForm } from "~/http/handle";
import { themeCookie, themeFrom } from "~/http/preferences";
import { refererPage } from "~/http/way-back";

export { formOnly as loader } from "~/http/handle";

const Chosen = v.object({ theme: text });

export const action = handleForm(Chosen, async ({ theme }, { context: { base }, request }) =>
  redirect(refererPage(request, base), {
    status: 303,
    headers: { "Set-Cookie": themeCookie(themeFrom(theme), base) },
  }),
);
