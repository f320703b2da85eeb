import { fileResponse } from "~/http/download";
import { handle } from "~/http/handle";
import { foundFile } from "~/pages/files";

export const loader = handle(async ({ context, id }) => {
  const file = foundFile(await context.db.files.find(id));
  return fileResponse(file.bytes, file.mediaType, file.name);
});
