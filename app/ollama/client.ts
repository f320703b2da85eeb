import { Ollama, type Options } from "ollama/browser";
import { MODEL_SYSTEM_CHARACTERS } from "~/limits";
import { answerOf, type ChatEvent, type Room } from "./answer";
import { listedIn, loadedIn, shownIn, tokensIn } from "./claims";
import { connectionFailure, OllamaFailure } from "./failure";
import { KnownWeights } from "./known-weights";
import { continuesBy, type OwnOptions, ownOptionsIn, weightsIn } from "./model-facts";
import { sameModel } from "./names";
import { ownCopy } from "./text";
import { documentFetch, type Fetch, send } from "./transport";

export type { ChatEvent, Room } from "./answer";
export type { ChatReport } from "./claims";
export { sameModel } from "./names";

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
  /** How many it is loaded with unless a request says otherwise, where its maker has set that. */
  ownContext?: number;
  /** The options that its maker has set. */
  ownOptions?: OwnOptions;
  /** The beginning of the instructions that it follows where a conversation gives none. */
  ownSystem?: string;
  /** Whether it goes on with an answer that was begun; undefined where nothing shows it. */
  continues?: boolean;
  /** What `think` may be, where the host says so; hosts up to 0.33 do not. */
  thinkValues?: (boolean | string)[];
}

/** A model in the host's memory. */
export interface LoadedModel {
  /** False where its name has been pulled anew since: asking would load it again. */
  current: boolean;
  /** How many tokens it holds at once; hosts before 0.10 do not say. */
  contextTokens: number | null;
  /** When it leaves memory unless something is asked, in Unix milliseconds; null where the host does not say. */
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
   * The answer as it is written. An aborted signal frees the host at once and throws the abort. An answer that
   * needs more than its room ends as one that reached its length limit.
   */
  chat(options: ChatOptions, signal: AbortSignal, room?: Room): AsyncGenerator<ChatEvent, void>;
}

/** Connects nothing yet: each call is its own request. */
export function ollamaHost(address: string, demoFetch?: Fetch): OllamaHost {
  const fetchOnce = demoFetch ?? fetch;
  const base = address.replace(/\/$/, "");
  const weights = new KnownWeights();
  const client = (signal: AbortSignal) =>
    new Ollama({ host: address, fetch: documentFetch(fetchOnce, signal) as typeof fetch });
  return {
    address: shownAddress(address),
    demo: demoFetch !== undefined,

    async list(signal) {
      const listed = listedIn(await asFailure(client(signal).list(), signal));
      weights.keepOnly(listed);
      return listed;
    },

    async show(model, signal) {
      const shown = shownIn(await asFailure(client(signal).show({ model }), signal));
      weights.learn(model, weightsIn(shown.modelfile));
      return detailsOf(shown);
    },

    async loaded(model, signal) {
      const loaded = loadedIn(await asFailure(client(signal).ps(), signal));
      const found =
        loaded.find(({ name }) => sameModel(name, model)) ??
        loaded.find(({ name, digest }) => weights.same(name, digest, model));
      return (
        found && {
          contextTokens: found.context_length || null,
          expiresAt: found.expires_at,
          current: weights.isCurrent(found.name, found.digest),
        }
      );
    },

    chat(options, signal, room) {
      // The demo answers the same prompt the same way unless it is given another seed.
      const seed = demoFetch ? { seed: Math.floor(Math.random() * 2 ** 31) } : undefined;
      const asked = seed ? { ...options, options: { ...seed, ...options.options } } : options;
      const request: RequestInit = {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...asked, stream: true }),
      };
      const ask = (until: AbortSignal) =>
        send(fetchOnce, `${base}/api/chat`, { ...request, signal: until });
      return answerOf(ask, signal, room);
    },
  };
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
  const length = tokensIn(info.find(([key]) => key.endsWith(".context_length"))?.[1]);
  const ownOptions = ownOptionsIn(parameters);
  const ownContext = tokensIn(ownOptions.num_ctx);
  const continues = continuesBy(template);
  // The cut may go between the two halves of a character.
  const beginning = system
    .trim()
    .slice(0, MODEL_SYSTEM_CHARACTERS)
    .replace(/[\ud800-\udbff]$/, "");
  const ownSystem = ownCopy(beginning);
  return {
    capabilities: KNOWN_CAPABILITIES.filter((known) => capabilities.includes(known)),
    ownOptions,
    ...(length === undefined ? {} : { contextLength: length }),
    ...(ownContext === undefined ? {} : { ownContext }),
    ...(ownSystem ? { ownSystem } : {}),
    ...(continues === undefined ? {} : { continues }),
    ...(thinking
      ? { thinkValues: KNOWN_THINKS.filter((known) => thinking.values.includes(known)) }
      : {}),
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
