import { fileResponse, findFile } from "~/http/file-response";
import { handled } from "~/http/handled";

/** A file as it is kept, to be saved. */
export const loader = handled(async ({ params, context }) => {
  const file = findFile(await context.db.files.find(params.hash ?? ""));
  return fileResponse(file.bytes, file.mediaType, file.name);
});
