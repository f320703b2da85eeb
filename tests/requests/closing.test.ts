import { connect } from "node:net";
import { expect, test } from "vitest";
import { startParley } from "../support/parley";

/** Asks for a path on a connection that the client leaves open; gives what comes until the server closes it. */
function askAndStay(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    socket.setTimeout(5_000, () => socket.destroy(new Error(`${path} stays open: ${text}`)));
    socket.on("data", (data) => {
      text += data;
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(text));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  });
}

test("a connection that may be quiet is closed when its stream has ended", async () => {
  await using parley = await startParley({ everyMs: 1 });
  const port = Number(new URL(parley.url).port);
  const path = await parley.start("What is a tide?");
  expect(await askAndStay(port, path)).toContain("</html>");
  expect(await askAndStay(port, `${path}/events`)).toContain("event: done");
});
