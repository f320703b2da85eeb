import type { ModelDetails } from "~/ollama/wire";
import type { BadReply } from "./bad-replies";

/** How ONE chat is answered. A scenario is a script: what it says is sent, whatever the request asked. */
export interface Scenario {
  /** A silent cold load before anything, even of a loaded model; it is not in /api/ps meanwhile. */
  loadMs?: number;
  /** Silent prompt evaluation before the first chunk, default 0. */
  promptMs?: number;
  /** Chunks of `message.thinking`, sent first. */
  thinking?: string[];
  /** Chunks of `message.content`. Without `chunks` and `toolCalls` the default answer is sent. */
  chunks?: string[];
  /** After the chunks this one again and again, until a limit ends it: a model that never stops by itself. */
  endless?: string;
  /** Sent after the content: in chunks of their own (rendered models) or in the last line (native). */
  toolCalls?: { name: string; arguments: Record<string, unknown> }[];
  /** Milliseconds between chunks, default 5. 0 is as fast as the socket takes them. */
  everyMs?: number;
  /** After this many content chunks wait for `host.release()`, or for the client to leave. */
  holdAfter?: number;
  /**
   * How the stream ends, default "done". "eof": without a done line. "cut-line": with half a JSON line.
   * "reset": the socket is destroyed. error: a last line {"error"}; if nothing was sent before it, a
   * real status 500, as servers do since 0.12.6.
   */
  end?: "done" | "length" | "eof" | "cut-line" | "reset" | { error: string };
  /** An error before the stream; after the load and prompt time, if the scenario has any. */
  refuse?: Refuse;
  /** Overrides the final metrics. A zero removes its field, as Go's omitempty does. */
  stats?: Partial<Record<string, number>>;
  /** Unknown fields for every chunk. */
  extra?: Record<string, unknown>;
}

/** Without `error` the body is empty, with Content-Length 0 and no content type (the 403). */
export interface Refuse {
  status: number;
  error?: string;
  /** Default `application/json; charset=utf-8`. With a type that is not JSON, `error` is the raw body. */
  contentType?: string;
  /** More fields beside `error`, such as `signin_url`. */
  fields?: Record<string, unknown>;
}

/** How ONE pull goes. */
export interface PullScenario {
  /** Progress steps of a layer, default 4: the fourth one completes it, without a line. */
  steps?: number;
  /** Milliseconds between progress lines, default 60. */
  everyMs?: number;
  /** After this many progress lines wait for `host.release()`, or for the client to leave. */
  holdAfter?: number;
  /** The pull fails with this text, instead of the manifest or after the digests were verified. */
  fail?: { error: string; at?: "manifest" | "verify" };
}

/** The body of POST /api/chat, as far as the host looks at it. */
export interface ChatBody {
  model: string;
  messages: ChatMessage[];
  stream: boolean;
  think?: boolean | string;
  format?: unknown;
  tools?: unknown[];
  options: Record<string, unknown>;
  keep_alive?: unknown;
  truncate?: boolean;
  shift?: boolean;
}

export interface ChatMessage {
  role: string;
  content: string;
  images?: string[];
}

/** A model of the host, or of the library that pulls take from. Only name and capabilities are needed. */
export interface ScriptedModel {
  /** With its tag, as /api/tags shows it. */
  name: string;
  /** What /api/show says. */
  capabilities: string[];
  /** What /api/tags says, where it is poorer (Jinja templates). Null: nothing, as before 0.30. */
  tagCapabilities?: string[] | null;
  /** Chat goes through llama-server's own endpoint: other tool-call shape, other errors. */
  native?: boolean;
  modifiedAt?: string;
  size?: number;
  digest?: string;
  details?: Partial<ModelDetails>;
  contextLength?: number;
  embeddingLength?: number;
  /** Present on stubs of cloud models. */
  remote?: { model: string; host: string };
  license?: string;
  modelfile?: string;
  parameters?: string;
  template?: string;
  system?: string;
  modelInfo?: Record<string, unknown>;
  tensors?: { name: string; type: string; shape: number[] }[];
  /** Only servers after 0.33 tell it. */
  thinking?: { values: (boolean | string)[]; default: boolean | string };
  /** Bytes in memory and on the GPU once loaded, for /api/ps. */
  loadedSize?: number;
  vramSize?: number;
  /** How its tokenizer counts a text, default 4. */
  charactersPerToken?: number;
  /** Cold load, default none. A scenario's `loadMs` goes before it. */
  loadMs?: number;
  /** What a pull downloads. Layers below 1 MiB finish between two progress lines and are not seen. */
  layers?: Layer[];
}

export interface Layer {
  /** With its `sha256:` prefix. */
  digest: string;
  size: number;
}

/** One request as it came in. */
export interface RecordedRequest {
  method: string;
  path: string;
  /** Parsed JSON, the raw text where it is none, undefined where it is empty. */
  body: unknown;
  headers: Record<string, string>;
  /** Times are Unix milliseconds. */
  at: number;
  /** When the host began with it: it got a slot, or its model began to load. */
  begun?: number;
  /** Set where the host had to load a model for it; with the models that left memory. */
  load?: { evicted: string[] };
  /** When the client left before the end of the reply. */
  closedByClient?: number;
  /** When the reply was complete. */
  finished?: number;
}

export interface ScriptedOllama {
  readonly url: string;
  readonly port: number;
  /** Every request whose body has come in, in order. */
  readonly requests: RecordedRequest[];
  /** The requests to /api/chat. */
  chats(): RecordedRequest[];
  /** Queues a scenario for the next chat, first in first out. Loads and refused chats take none. */
  next(scenario: Scenario): void;
  /** What chats get when nothing is queued; undefined brings the default answers back. */
  always(scenario: Scenario | ((chat: ChatBody) => Scenario) | undefined): void;
  /** Queues a scenario for the next pull. */
  nextPull(scenario: PullScenario): void;
  /** What pulls get when nothing is queued. */
  alwaysPull(scenario: PullScenario | undefined): void;
  /** Sends something else than an honest reply from a path, until undefined brings that back. */
  replyWith(path: string, badReply: BadReply | undefined): void;
  /** Lets the chats and pulls that are held now go on. */
  release(): void;
  /** How many chats and pulls are held now. */
  held(): number;
  /** The models of the host; may be changed while it runs. */
  models: ScriptedModel[];
  /** What a pull can bring. Other names fail with "file does not exist". */
  library: ScriptedModel[];
  /** Chats being served now, that is with a slot; a chat that is loading its model has one. */
  active(): number;
  /** Chats that are queued for a slot now. */
  queued(): number;
  /** Stops listening and drops every connection; loaded models are lost, as with a killed server. */
  goAway(): Promise<void>;
  /** Listens again on the same port. */
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

export interface HostOptions {
  /** Default 0: any free port. */
  port?: number;
  /** The pace of answers whose scenario names none, default 5. */
  everyMs?: number;
  /** Chats served at a time, for each model; default 1. */
  slots?: number;
  models?: ScriptedModel[];
  library?: ScriptedModel[];
  /** Requests that may wait for a load, default 512; past it a 503. */
  maxQueue?: number;
  /** Models in memory at a time, default 3. An idle one leaves for one that is asked. */
  maxLoaded?: number;
  /**
   * Time to read a batch of 512 tokens of a prompt, default 0. A client that leaves is noticed after the batch:
   * until then nobody else gets the slot.
   */
  batchMs?: number;
  /** Default "0.33.0". Before 0.30 what is in the cache is missing from prompt_eval_count. */
  version?: string;
}
