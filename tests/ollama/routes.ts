import { ALIVE, TEXT_TYPE } from "~/ollama/wire";
import { chat, generate } from "./chat";
import type { Exchange } from "./exchange";
import { copyModel, deleteModel, showModel } from "./library";
import { ps, tags } from "./metadata";
import { pull } from "./pull";
import { playRuse } from "./ruses";
import type { State } from "./state";
import { Gone, Refusal, sendJson, sendRefusal, sendText } from "./wire";

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
    const ruse = state.ruses.get(record.path);
    if (ruse) return await playRuse(ruse, res, exchange.signal);
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
