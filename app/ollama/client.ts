import { Ollama, type Options } from "ollama/browser";
import { LIST_MS, MODEL_SYSTEM_CHARACTERS } from "~/limits";
import { type ChatEvent, type ChatLimits, readChat } from "./chat";
import { connectionFailure, OllamaFailure } from "./failure";
import { continuesBy, type OwnOptions, ownOptionsIn, weightsIn } from "./model-facts";
import { KnownWeights, sameModel } from "./model-names";
import { listedIn, loadedIn, shownIn, tokensIn } from "./schemas";
import { SharedCall } from "./shared-call";
import { ownCopy } from "./text";
import { documentFetch, type Fetch, send } from "./transport";

export type { ChatEvent, ChatLimits } from "./chat";
export { sameModel } from "./model-names";
export type { ChatReport } from "./schemas";

/** A model as `/api/tags` lists it. */
export interface ListedModel {
  name: string;
  digest: string;
}

/** What a model can do, from `/api/show`: `/api/tags` does not look into a GGUF's own template. */
export interface ModelDetails {
  capabilities: string[];
  /** The most tokens that it can hold at once. */
  contextLength?: number;
  /** How many it is loaded with unless a request says otherwise, if its maker has set that. */
  ownContext?: number;
  /** The options that its maker has set. */
  ownOptions?: OwnOptions;
  /** The beginning of the instructions that it follows unless a conversation gives others. */
  ownSystem?: string;
  /** Whether it goes on with an answer that was begun; undefined if nothing shows it. */
  continues?: boolean;
  /** What `think` may be, if the host says so; hosts up to 0.33 do not. */
  thinkValues?: (boolean | string)[];
}

/** A model in the host's memory. */
export interface LoadedModel {
  /** False if its name has been pulled anew since: asking would load it again. */
  current: boolean;
  /** How many tokens it holds at once; hosts before 0.10 do not say. */
  contextTokens: number | null;
  /** When it leaves memory unless something is asked, in Unix milliseconds; null if the host does not say. */
  expiresAt: number | null;
}

export interface ChatTurn {
  role: string;
  content: string;
  /** Pictures in base64. */
  images?: string[];
}

export interface ChatOptions {
  model: string;
  messages: ChatTurn[];
  /** Left out: the host decides, which means on for every model that can. */
  think?: boolean | "low" | "medium" | "high";
  options?: Partial<Options>;
  /** Seconds as a number, or a Go duration. */
  keep_alive?: string | number;
}

/** One Ollama server, or something that speaks as one. Everything here throws OllamaFailure. */
export interface OllamaHost {
  /** For people: without the credentials that the address may hold. */
  readonly address: string;
  readonly demo: boolean;
  /** The installed models, newest first. */
  list(signal: AbortSignal): Promise<ListedModel[]>;
  show(model: string, signal: AbortSignal): Promise<ModelDetails>;
  /** The model as it is in memory; undefined also while it is being loaded. */
  loaded(model: string, signal: AbortSignal): Promise<LoadedModel | undefined>;
  /**
   * The answer as it is written, all that came together at a time. An aborted signal frees the host at once and
   * throws the abort. An answer that is longer than its limits ends as one that reached its length limit.
   */
  chat(
    options: ChatOptions,
    signal: AbortSignal,
    limits?: ChatLimits,
  ): AsyncGenerator<ChatEvent[], void>;
}

/** Connects nothing yet: each call is its own request. */
export function ollamaHost(address: string, demoFetch?: Fetch): OllamaHost {
  return new Client(address, demoFetch);
}

class Client implements OllamaHost {
  readonly address: string;
  readonly demo: boolean;

  readonly #url: string;
  readonly #fetch: Fetch;
  readonly #weights = new KnownWeights();
  /** Many answers that begin at once ask for this at once. */
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
    // The demo answers the same prompt the same way unless it is given another seed.
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
    // Its type asks for Bun's `fetch.preconnect` too, which the package never calls.
    return new Ollama({ host: this.#url, fetch: limited as typeof fetch });
  }
}

/** An address as it may be shown and logged: without user name and password. */
export function shownAddress(address: string): string {
  const url = new URL(address);
  url.username = "";
  url.password = "";
  return url.href.replace(/\/$/, "");
}

/** Of a description only what is used, each part of it short: a host may have many models. */
function detailsOf(shown: ReturnType<typeof shownIn>): ModelDetails {
  const { capabilities, template, thinking, system, parameters } = shown;
  const info = Object.entries(shown.model_info);
  const length = info.find(([key]) => key.endsWith(".context_length"));
  const ownOptions = ownOptionsIn(parameters);
  // The cut may go between the two halves of a character.
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
