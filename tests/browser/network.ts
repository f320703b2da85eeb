import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A network between the browser and a server, which can be cut. */
export interface Line {
  /** The server's address as it is reached through this line. */
  readonly url: string;
  /** Drops every connection and takes no more. */
  cut(): void;
  mend(): void;
  stop(): Promise<void>;
}

/** Lays a line to the server at `url`. */
export async function startNetwork(url: string): Promise<Line> {
  const { hostname, port } = new URL(url);
  const ends = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket) => {
    ends.add(socket);
    socket.on("close", () => ends.delete(socket));
    socket.on("error", () => socket.destroy());
  };
  const server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) keep(socket);
    near.pipe(far);
    far.pipe(near);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const dropAll = () => {
    for (const socket of ends) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      isCut = true;
      dropAll();
    },
    mend() {
      isCut = false;
    },
    async stop() {
      dropAll();
      server.close();
      await once(server, "close");
    },
  };
}
