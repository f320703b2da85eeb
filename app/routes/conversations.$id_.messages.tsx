import { redirect } from "@remix-run/node";
import { addPrompt } from "~/conversations/turns";
import { readUncheckedForm } from "~/http/form";
import { handled } from "~/http/handled";
import { keepModel } from "~/http/preferences";
import { answerOnce } from "~/http/sent-forms";
import { branchHref } from "~/pages/branch-href";
import { checkFiles, readPrompt } from "~/pages/prompt-form";
import { refusePrompt } from "~/pages/refusal";

export { default, loader, meta } from "./conversations.$id";

export const action = handled(async ({ request, params, context }) => {
  const id = params.id ?? "";
  const field = await readUncheckedForm(request);
  const leafId = new URL(request.url).searchParams.get("at");
  return answerOnce(context, request, field, async () => {
    const form = await readPrompt(context, field);
    try {
      field.check();
      checkFiles(form);
      await addPrompt(context, id, { ...form, ...(leafId ? { leafId } : {}) });
      return redirect(await branchHref(context, id, leafId ?? undefined), {
        status: 303,
        ...(await keepModel(context, form.model)),
      });
    } catch (error) {
      return refusePrompt(context, error, form);
    }
  });
});
