import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { ALIVE, TEXT_TYPE } from "~/ollama/wire";
import { sendBadReply } from "./bad-replies";
import { chat, generate } from "./chat";
import { type Exchange, receive } from "./exchange";
import { copyModel, deleteModel, ps, showModel, tags } from "./library";
import { pull } from "./pull";
import { Gone, Refusal, sendJson, sendRefusal, sendText } from "./reply";
import { newState, type State } from "./state";
import type { HostOptions, RecordedRequest, ScriptedOllama } from "./types";

export type * from "./types";

/**
 * Starts an Ollama server that answers from scripts, on 127.0.0.1 and a free port.
 *
 * @example
 * const host = await startScriptedOllama();
 * host.next({ chunks: ["Te", "al", "."] });
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
    replyWith(path, badReply) {
      if (badReply) state.badReplies.set(path, badReply);
      else state.badReplies.delete(path);
    },
    release: () => state.gate.release(),
    held: () => state.gate.size,
    active: () => state.slots.active,
    queued: () => state.slots.queued,
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

type Handler = (state: State, exchange: Exchange) => Promise<void>;

const home: Handler = async (_, { res }) => sendText(res, ALIVE, 200, TEXT_TYPE);
const version: Handler = async ({ version }, { res }) => sendJson(res, { version });
const status: Handler = async (_, { res }) =>
  sendJson(res, { cloud: { disabled: false, source: "none" } });
const listTags: Handler = async ({ models }, { res }) => sendJson(res, tags(models));
const listRunning: Handler = async ({ slots }, { res }) => sendJson(res, ps(slots.loaded()));

const routes: Record<string, Record<string, Handler>> = {
  "/": { GET: home, HEAD: home },
  "/api/version": { GET: version, HEAD: version },
  "/api/status": { GET: status },
  "/api/tags": { GET: listTags, HEAD: listTags },
  "/api/ps": { GET: listRunning },
  "/api/show": { POST: showModel },
  "/api/chat": { POST: chat },
  "/api/generate": { POST: generate },
  "/api/pull": { POST: pull },
  "/api/copy": { POST: copyModel },
  "/api/delete": { DELETE: deleteModel },
};

/** Answers one request; a reply that nobody waits for any more just ends. */
export async function answerRequest(state: State, exchange: Exchange): Promise<void> {
  const { res, record } = exchange;
  try {
    const badReply = state.badReplies.get(record.path);
    if (badReply) return await sendBadReply(badReply, res, exchange.signal);
    await handlerOf(record.path, record.method)(state, exchange);
  } catch (reason) {
    if (reason instanceof Gone || exchange.signal.aborted) return;
    sendRefusal(res, reason instanceof Refusal ? reason : new Refusal(500, String(reason)));
  }
}

function handlerOf(path: string, method: string): Handler {
  const methods = routes[path];
  if (!methods) throw new Refusal(404, "404 page not found", "text/plain");
  const handler = methods[method];
  if (!handler) throw new Refusal(405, "405 method not allowed", "text/plain");
  return handler;
}
