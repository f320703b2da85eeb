import { byteStream, download } from "~/http/download";
import { handled } from "~/http/handled";
import { archive } from "~/transfer/archive";

/** Everything as one archive, written while it is read. */
export const loader = handled(async ({ context }) => {
  const { db, version } = context;
  context.keepOpen();
  const day = new Date().toISOString().slice(0, 10);
  const body = byteStream(archive(db, version));
  return download(body, `parley-${day}.zip`, "application/zip");
});
