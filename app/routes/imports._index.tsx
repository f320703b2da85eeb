import { redirect } from "@remix-run/node";
import * as v from "valibot";
import { ParleyError, problemOf } from "~/errors";
import { files } from "~/http/form";
import { handleForm, statusOf } from "~/http/handle";
import { showAgain } from "~/pages/outcome";

export { default, loader, meta } from "./import";

const ImportFields = v.object({ file: files });

export const action = handleForm(ImportFields, async ({ file: [file] }, { context }) => {
  const { imports, ownerId, hrefs } = context;
  const bytes = Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer(0));
  try {
    const id = await imports.start(ownerId, { name: file?.name ?? "", bytes });
    return redirect(hrefs.import(id), 303);
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    return showAgain(
      context,
      { kind: "import-refused", problem: problemOf(error) },
      statusOf(error),
    );
  }
});
