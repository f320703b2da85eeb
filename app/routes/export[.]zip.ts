import { download } from "~/http/download";
import { handle } from "~/http/handle";
import { byteStream } from "~/shared/byte-stream";
import { archive } from "~/transfer/archive";

export const loader = handle(async ({ context }) => {
  const { db, version } = context;
  context.keepOpen();
  const day = new Date().toISOString().slice(0, 10);
  const body = byteStream(archive(db, version));
  return download(body, `parley-${day}.zip`, "application/zip");
});
