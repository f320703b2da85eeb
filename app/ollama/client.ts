import { Ollama, type Options } from "ollama/browser";
import { LIST_MS, MODEL_SYSTEM_CHARACTERS } from "~/limits";
import { type ChatEvent, type ChatLimits, readChat } from "./chat";
import { connectionFailure, OllamaFailure } from "./failure";
import {
  continuesBy,
  KnownWeights,
  type OwnOptions,
  ownOptionsIn,
  sameModel,
  weightsIn,
} from "./model-facts";
import { listedIn, loadedIn, shownIn, tokensIn } from "./schemas";
import { SharedCall } from "./shared-call";
import { ownCopy } from "./text";
import { documentFetch, type Fetch, send } from "./transport";

export type { ChatEvent, ChatLimits } from "./chat";
export { sameModel } from "./model-facts";
export type { ChatReport } from "./schemas";

export interface ListedModel {
  name: string;
  digest: string;
}

/** From `/api/show`, since `/api/tags` does not read the template of a GGUF. */
export interface ModelDetails {
  capabilities: string[];
  contextLength?: number;
  ownContext?: number;
  ownOptions?: OwnOptions;
  ownSystem?: string;
  continues?: boolean;
  /** Values of `think`; hosts up to 0.33 do not report them. */
  thinkValues?: (boolean | string)[];
}

export interface LoadedModel {
  /** False if its name was pulled again since; asking would load it again. */
  current: boolean;
  /** Hosts before 0.10 do not report it. */
  contextTokens: number | null;
  /** When it is unloaded if unused, in Unix milliseconds. */
  expiresAt: number | null;
}

export interface ChatMessage {
  role: string;
  content: string;
  images?: string[];
}

export interface ChatOptions {
  model: string;
  messages: ChatMessage[];
  /** If missing, the host decides: on for every model that can think. */
  think?: boolean | "low" | "medium" | "high";
  options?: Partial<Options>;
  keep_alive?: string | number;
}

/** An Ollama server or the demo. All methods throw OllamaFailure. */
export interface OllamaHost {
  /** Without credentials. */
  readonly address: string;
  readonly demo: boolean;
  list(signal: AbortSignal): Promise<ListedModel[]>;
  show(model: string, signal: AbortSignal): Promise<ModelDetails>;
  /** Undefined if the model is not in memory, or is being loaded. */
  loaded(model: string, signal: AbortSignal): Promise<LoadedModel | undefined>;
  /** Aborting frees the host at once and throws the reason. Above its limits an answer ends with "length". */
  chat(
    options: ChatOptions,
    signal: AbortSignal,
    limits?: ChatLimits,
  ): AsyncGenerator<ChatEvent[], void>;
}

export function ollamaHost(address: string, demoFetch?: Fetch): OllamaHost {
  return new Client(address, demoFetch);
}

class Client implements OllamaHost {
  readonly address: string;
  readonly demo: boolean;

  readonly #url: string;
  readonly #fetch: Fetch;
  readonly #weights = new KnownWeights();
  /** Answers that begin together ask at the same time. */
  readonly #inMemory = new SharedCall((signal) => this.#askInMemory(signal));

  constructor(url: string, demoFetch: Fetch | undefined) {
    this.#url = url.replace(/\/$/, "");
    this.#fetch = demoFetch ?? fetch;
    this.address = shownAddress(url);
    this.demo = demoFetch !== undefined;
  }

  async list(signal: AbortSignal): Promise<ListedModel[]> {
    const listed = listedIn(await asFailure(this.#package(signal).list(), signal));
    this.#weights.keepOnly(listed);
    return listed;
  }

  async show(model: string, signal: AbortSignal): Promise<ModelDetails> {
    const shown = shownIn(await asFailure(this.#package(signal).show({ model }), signal));
    this.#weights.learn(model, weightsIn(shown.modelfile));
    return detailsOf(shown);
  }

  async loaded(model: string, signal: AbortSignal): Promise<LoadedModel | undefined> {
    const inMemory = await this.#inMemory.result(signal);
    const found =
      inMemory.find(({ name }) => sameModel(name, model)) ??
      inMemory.find(({ name, digest }) => this.#weights.same(name, digest, model));
    return (
      found && {
        contextTokens: found.context_length || null,
        expiresAt: found.expires_at,
        current: this.#weights.isCurrent(found.name, found.digest),
      }
    );
  }

  chat(
    options: ChatOptions,
    signal: AbortSignal,
    limits?: ChatLimits,
  ): AsyncGenerator<ChatEvent[], void> {
    // The demo repeats itself for the same seed.
    const seed = this.demo ? { seed: Math.floor(Math.random() * 2 ** 31) } : undefined;
    const asked = seed ? { ...options, options: { ...seed, ...options.options } } : options;
    const request: RequestInit = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...asked, stream: true }),
    };
    const ask = (until: AbortSignal) =>
      send(this.#fetch, `${this.#url}/api/chat`, { ...request, signal: until });
    return readChat(ask, signal, limits);
  }

  async #askInMemory(signal: AbortSignal) {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(LIST_MS)]);
    return loadedIn(await asFailure(this.#package(patience).ps(), signal));
  }

  #package(signal: AbortSignal): Ollama {
    const limited = documentFetch(this.#fetch, signal);
    // Its type includes Bun's `fetch.preconnect`, which the package does not use.
    return new Ollama({ host: this.#url, fetch: limited as typeof fetch });
  }
}

/** Without user name and password. */
export function shownAddress(address: string): string {
  const url = new URL(address);
  url.username = "";
  url.password = "";
  return url.href.replace(/\/$/, "");
}

function detailsOf(shown: ReturnType<typeof shownIn>): ModelDetails {
  const { capabilities, template, thinking, system, parameters } = shown;
  const info = Object.entries(shown.model_info);
  const length = info.find(([key]) => key.endsWith(".context_length"));
  const ownOptions = ownOptionsIn(parameters);
  // The cut may split a character.
  const beginning = system
    .trim()
    .slice(0, MODEL_SYSTEM_CHARACTERS)
    .replace(/[\ud800-\udbff]$/, "");
  return {
    capabilities: KNOWN_CAPABILITIES.filter((known) => capabilities.includes(known)),
    ownOptions,
    contextLength: tokensIn(length?.[1]),
    ownContext: tokensIn(ownOptions.num_ctx),
    ownSystem: ownCopy(beginning) || undefined,
    continues: continuesBy(template),
    thinkValues: thinking && KNOWN_THINKS.filter((known) => thinking.values.includes(known)),
  };
}

const KNOWN_CAPABILITIES = ["completion", "vision", "thinking", "tools", "embedding"];
const KNOWN_THINKS = [false, true, "low", "medium", "high", "max"];

async function asFailure<T>(call: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (signal.aborted || error instanceof OllamaFailure) throw error;
    if (error instanceof SyntaxError) {
      throw new OllamaFailure("garbled", "The host sent something that is not JSON.");
    }
    throw connectionFailure(error);
  }
}
