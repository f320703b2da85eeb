import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type Exchange, receive } from "./exchange";
import { answerRequest } from "./routes";
import { newState, type State } from "./state";
import type { HostOptions, RecordedRequest, ScriptedOllama } from "./types";

export type * from "./types";

/**
 * Starts an Ollama server that answers from scripts, on 127.0.0.1 and a free port.
 *
 * @example
 * const host = await startScriptedOllama();
 * host.next({ pieces: ["Te", "al", "."] });
 * await fetch(`${host.url}/api/chat`, { method: "POST", body: JSON.stringify(request) });
 * await host.stop();
 */
export async function startScriptedOllama(options: HostOptions = {}): Promise<ScriptedOllama> {
  const state = newState(options);
  const requests: RecordedRequest[] = [];
  const listener = new Listener(state, requests);
  const port = await listener.listen(options.port ?? 0);
  const goAway = async () => {
    await listener.close();
    state.slots.clear();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    chats: () => requests.filter(({ path }) => path === "/api/chat"),
    next: (scenario) => state.chats.next(scenario),
    always: (scenario) => state.chats.always(scenario),
    nextPull: (scenario) => state.pulls.next(scenario),
    alwaysPull: (scenario) => state.pulls.always(scenario),
    ruse(path, ruse) {
      if (ruse) state.ruses.set(path, ruse);
      else state.ruses.delete(path);
    },
    release: () => state.gate.release(),
    held: () => state.gate.size,
    active: () => state.slots.active,
    waiting: () => state.slots.waiting,
    get models() {
      return state.models;
    },
    set models(models) {
      state.models = models;
    },
    get library() {
      return state.library;
    },
    set library(library) {
      state.library = library;
    },
    goAway,
    comeBack: async () => void (await listener.listen(port)),
    stop: goAway,
  };
}

/** The listening side: connections, and the requests that are open on them. */
class Listener {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private readonly open = new Set<Exchange>();

  constructor(
    private readonly state: State,
    private readonly requests: RecordedRequest[],
  ) {}

  /** Listens and returns the port. */
  listen(port: number): Promise<number> {
    const server = createServer((req, res) => void this.answer(req, res));
    // Ollama has no timeouts of any kind.
    server.requestTimeout = 0;
    server.headersTimeout = 0;
    server.keepAliveTimeout = 0;
    server.on("connection", (socket) => {
      this.sockets.add(socket);
      socket.on("close", () => this.sockets.delete(socket));
    });
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        this.server = server;
        resolve((server.address() as AddressInfo).port);
      });
    });
  }

  /** Stops listening and drops every connection. */
  async close(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const exchange of [...this.open]) exchange.drop("close");
    for (const socket of [...this.sockets]) socket.destroy();
    server.closeAllConnections();
    await closed;
  }

  private async answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const exchange = await receive(req, res);
    if (!exchange) return;
    this.requests.push(exchange.record);
    this.open.add(exchange);
    await answerRequest(this.state, exchange).finally(() => this.open.delete(exchange));
  }
}
