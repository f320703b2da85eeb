import { redirect } from "@remix-run/node";
import { addPrompt } from "~/conversations/turns";
import { readUncheckedForm } from "~/http/form";
import { handled } from "~/http/handled";
import { keepModel } from "~/http/preferences";
import { branchHref } from "~/pages/branch-href";
import { checkFiles, readPrompt } from "~/pages/prompt-form";
import { refusePrompt } from "~/pages/refusal";
import { takeOnce } from "~/pages/sent-form";

export { default, loader, meta } from "./conversations.$id";

export const action = handled(async ({ request, params, context }) => {
  const id = params.id ?? "";
  const field = await readUncheckedForm(request);
  const leafId = new URL(request.url).searchParams.get("at") || undefined;
  const take = async (clientId: string | undefined) => {
    const form = await readPrompt(context, field);
    try {
      field.check();
      checkFiles(form);
      return await addPrompt(context, id, { ...form, leafId, clientId });
    } catch (error) {
      return refusePrompt(context, error, form);
    }
  };
  return takeOnce(context, request, field, take, async (conversationId) =>
    redirect(await branchHref(context, conversationId, leafId), {
      status: 303,
      ...(await keepModel(context, field("model"))),
    }),
  );
});
