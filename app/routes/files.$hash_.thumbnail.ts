import { fileResponse } from "~/http/download";
import { handle } from "~/http/handle";
import { foundFile } from "~/pages/files";

export const loader = handle(async ({ context, id }) => {
  const thumbnail = await context.db.files.thumbnail(id);
  return fileResponse(foundFile(thumbnail), "image/webp");
});
