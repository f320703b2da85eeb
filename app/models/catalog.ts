import { LIST_MS, MODELS_SHOWN_AT_ONCE } from "~/limits";
import { type ListedModel, type ModelDetails, type OllamaHost, sameModel } from "~/ollama/client";
import { ELIZA_DIGEST } from "~/ollama/demo/host";
import { type FailureCode, OllamaFailure } from "~/ollama/failure";
import type { OwnOptions } from "~/ollama/model-facts";
import type { Think } from "~/steering/steering";

export interface Model {
  name: string;
  digest: string;
  demo: boolean;
  sees: boolean;
  /** How its thinking can be set; empty if it cannot think. */
  thinkValues: Think[];
  /** In tokens, like `ownContext`. */
  contextLength?: number;
  ownContext?: number;
  ownOptions?: OwnOptions;
  ownSystem?: string;
  /** Whether it can continue a partial answer; undefined if unknown. */
  continues?: boolean;
}

export interface Offer {
  state: "ready" | "empty" | "unreachable" | "refused" | "odd";
  address: string;
  reason?: string;
  demo: boolean;
  models: Model[];
}

export interface ModelOnHost {
  host: OllamaHost;
  model: Model;
}

/** Maximum age of the list that a page shows. */
const FRESH_MS = 30_000;
/** The same if the host is unreachable or has no models. */
const RETRY_MS = 1_500;
/** After this a page shows the last known list. */
const PAGE_WAIT_MS = 700;

interface Listed extends Pick<Offer, "state" | "models"> {
  others: string[];
  failure?: OllamaFailure;
}

const UNREACHABLE: Listed = { state: "unreachable", models: [], others: [] };

/** Whether this is the digest of the demo's model. */
export function isDemoDigest(digest: string | null | undefined): boolean {
  return digest === ELIZA_DIGEST;
}

/** The models of the Ollama host and, depending on `mode`, of the demo host. */
export class Catalog {
  readonly #ollama: OllamaHost;
  readonly #demo: OllamaHost | undefined;
  readonly #mode: "auto" | "on" | "off";
  readonly #details = new Map<string, ModelDetails>();
  #known: { listed: Listed; at: number } | undefined;
  #refreshing: Promise<Listed> | undefined;
  #demoModels: Promise<Model[]> | undefined;

  constructor(ollama: OllamaHost, demo: OllamaHost | undefined, mode: "auto" | "on" | "off") {
    this.#ollama = ollama;
    this.#demo = demo;
    this.#mode = mode;
  }

  /** Cached, and not delayed by a slow host. */
  async offer(): Promise<Offer> {
    return this.#withDemo(await this.#current());
  }

  async find(name: string): Promise<Model | undefined> {
    return named(name, await this.offer());
  }

  /** The model of this name and its host; throws OllamaFailure if it is not available. */
  async resolve(name: string): Promise<ModelOnHost> {
    const model =
      named(name, await this.offer()) ?? named(name, await this.#withDemo(await this.#refresh()));
    if (model) return { host: model.demo && this.#demo ? this.#demo : this.#ollama, model };
    throw this.#failureFor(name);
  }

  /** Call this when the list may have changed. */
  forget(): void {
    this.#known = this.#known && { ...this.#known, at: 0 };
  }

  #failureFor(name: string): OllamaFailure {
    const { state = "unreachable", others = [], failure } = this.#known?.listed ?? {};
    if (others.some((other) => sameModel(other, name))) {
      return new OllamaFailure("not-a-chat-model", `"${name}" does not support chat`);
    }
    if (state === "ready" || state === "empty") {
      return new OllamaFailure("model-gone", `model '${name}' not found`);
    }
    return failure ?? new OllamaFailure("unreachable", `${this.#ollama.address} did not answer`);
  }

  async #current(): Promise<Listed> {
    const known = this.#known;
    const fresh = known?.listed.state === "ready" ? FRESH_MS : RETRY_MS;
    if (known && Date.now() - known.at < fresh) return known.listed;
    return Promise.race([this.#refresh(), after(PAGE_WAIT_MS, known?.listed ?? UNREACHABLE)]);
  }

  #refresh(): Promise<Listed> {
    this.#refreshing ??= this.#list()
      .then((listed) => {
        this.#known = { listed, at: Date.now() };
        return listed;
      })
      .finally(() => {
        this.#refreshing = undefined;
      });
    return this.#refreshing;
  }

  async #list(): Promise<Listed> {
    try {
      const listed = await this.#ollama.list(AbortSignal.timeout(LIST_MS));
      const digests = new Set(listed.map(({ digest }) => digest));
      for (const digest of this.#details.keys()) {
        if (!digests.has(digest)) this.#details.delete(digest);
      }
      const described = await this.#describe(this.#ollama, listed);
      return { state: described.models.length > 0 ? "ready" : "empty", ...described };
    } catch (error) {
      if (!(error instanceof OllamaFailure)) return UNREACHABLE;
      return { ...UNREACHABLE, state: STATES[error.code] ?? "unreachable", failure: error };
    }
  }

  async #withDemo({ state, models, failure }: Listed): Promise<Offer> {
    const away = state !== "ready" && state !== "empty";
    const demo = this.#mode === "on" || (this.#mode === "auto" && away) ? this.#demo : undefined;
    if (demo) this.#demoModels ??= this.#modelsOf(demo);
    const extra = demo ? await this.#demoModels : undefined;
    return {
      state,
      address: this.#ollama.address,
      reason: state === "odd" ? failure?.message : undefined,
      demo: demo !== undefined,
      models: [...models, ...(extra ?? [])],
    };
  }

  async #modelsOf(host: OllamaHost): Promise<Model[]> {
    return (await this.#describe(host, await host.list(AbortSignal.timeout(LIST_MS)))).models;
  }

  async #describe(
    host: OllamaHost,
    listed: ListedModel[],
  ): Promise<{ models: Model[]; others: string[] }> {
    const signal = AbortSignal.timeout(LIST_MS);
    const described = await mapFew(listed, MODELS_SHOWN_AT_ONCE, async (entry) => {
      const { capabilities, ...about } = await this.#detailsOf(host, entry, signal);
      const name = entry.name.replace(/:latest$/, "");
      const model: Model = {
        ...about,
        name,
        digest: entry.digest,
        demo: host.demo,
        sees: capabilities.includes("vision"),
        thinkValues: thinkValues(name, capabilities, about.thinkValues),
      };
      return { model, chats: capabilities.includes("completion") };
    });
    const [chatting = [], others = []] = [true, false].map((wanted) =>
      described.flatMap(({ model, chats }) => (chats === wanted ? [model] : [])),
    );
    return { models: chatting, others: others.map(({ name }) => name) };
  }

  async #detailsOf(
    host: OllamaHost,
    { name, digest }: ListedModel,
    signal: AbortSignal,
  ): Promise<ModelDetails> {
    const before = this.#details.get(digest);
    if (before) return before;
    try {
      const shown = await host.show(name, signal);
      if (digest !== "") this.#details.set(digest, shown);
      return shown;
    } catch {
      // Offered anyway: the host refuses what a model cannot do.
      return { capabilities: ["completion", "vision"] };
    }
  }
}

function named(name: string, { models }: Offer): Model | undefined {
  return models.find((model) => sameModel(model.name, name));
}

const STATES: Partial<Record<FailureCode, Offer["state"]>> = {
  refused: "refused",
  redirected: "odd",
  garbled: "odd",
};

async function mapFew<T, R>(
  list: readonly T[],
  atOnce: number,
  map: (item: T) => Promise<R>,
): Promise<R[]> {
  const mapped: R[] = [];
  const items = list.entries();
  const worker = async () => {
    for (const [index, item] of items) mapped[index] = await map(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return mapped;
}

function after<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, ms, value));
}

const THINK_VALUES: readonly Think[] = ["off", "on", "low", "medium", "high"];

/** How a model's thinking can be set; guessed from the name if the host is too old to say. */
export function thinkValues(
  model: string,
  capabilities: readonly string[],
  values?: readonly (boolean | string)[],
): Think[] {
  if (!capabilities.includes("thinking")) return [];
  if (values) {
    const words = values.map((value) => (value === true ? "on" : value === false ? "off" : value));
    return THINK_VALUES.filter((known) => words.includes(known));
  }
  const name = model.slice(model.lastIndexOf("/") + 1).toLowerCase();
  return name.startsWith("gpt-oss") ? ["low", "medium", "high"] : ["off", "on"];
}
