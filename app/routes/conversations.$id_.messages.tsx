import { redirect } from "@remix-run/node";
import { addPrompt } from "~/conversations/turns";
import { branchHref } from "~/http/branch-href";
import { readUncheckedForm } from "~/http/form";
import { handled } from "~/http/handled";
import { keepModel } from "~/http/preferences";
import { checkFiles, readPrompt } from "~/http/prompt-form";
import { refusePrompt } from "~/http/refusal";
import { answerOnce } from "~/http/sent-forms";

export { default, loader, meta } from "./conversations.$id";

export const action = handled(async ({ request, params, context }) => {
  const { ownerId } = context;
  const id = params.id ?? "";
  const field = await readUncheckedForm(request);
  const leafId = new URL(request.url).searchParams.get("at");
  return answerOnce(context, request, field, async () => {
    const form = await readPrompt(context, field);
    try {
      field.check();
      checkFiles(form);
      await addPrompt(context, ownerId, id, { ...form, ...(leafId ? { leafId } : {}) });
      return redirect(await branchHref(context, id, leafId ?? undefined), {
        status: 303,
        ...(await keepModel(context, form.model)),
      });
    } catch (error) {
      return refusePrompt(context, error, form);
    }
  });
});
