import { fileResponse, findFile } from "~/http/file-response";
import { handled } from "~/http/handled";

/** A picture, small. */
export const loader = handled(async ({ params, context }) => {
  const thumbnail = await context.db.files.thumbnail(params.hash ?? "");
  return fileResponse(findFile(thumbnail), "image/webp");
});
