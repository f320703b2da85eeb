import { json, redirect } from "@remix-run/node";
import { ParleyError, problemOf } from "~/errors";
import { readForm } from "~/http/form";
import { handled } from "~/http/handled";

export { default, loader, meta } from "./import";

export const action = handled(async ({ request, context }) => {
  const { imports, ownerId, hrefs } = context;
  const [file] = (await readForm(request)).files("file");
  const bytes = Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer(0));
  try {
    const id = await imports.start(ownerId, { name: file?.name ?? "", bytes });
    return redirect(hrefs.import(id), 303);
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    return json({ problem: problemOf(error) }, { status: error.status });
  }
});
