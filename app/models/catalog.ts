import { LIST_MS, MODELS_SHOWN_AT_ONCE } from "~/limits";
import { type ListedModel, type ModelDetails, type OllamaHost, sameModel } from "~/ollama/client";
import { ELIZA_DIGEST } from "~/ollama/demo/host";
import { type FailureCode, OllamaFailure } from "~/ollama/failure";
import type { OwnOptions } from "~/ollama/model-facts";
import type { Think } from "~/steering";
import { thinkValues } from "./think-values";

export interface Model {
  name: string;
  digest: string;
  demo: boolean;
  /** Whether it takes pictures. */
  sees: boolean;
  /** What one may set of its thinking; empty where it cannot think. */
  thinkValues: Think[];
  /** The most tokens that it can hold at once, where the host says so. */
  contextLength?: number;
  /** How many it is loaded with where nobody sets it, as far as its maker has said. */
  ownContext?: number;
  /** The options that its maker has set. */
  ownOptions?: OwnOptions;
  /** The beginning of the instructions that it follows where a conversation gives none. */
  ownSystem?: string;
  /** Whether it goes on with an answer that was begun; undefined where nothing shows it. */
  continues?: boolean;
}

/** What the host offers now, or why it offers nothing. */
export interface Offer {
  state: "ready" | "empty" | "unreachable" | "refused" | "odd";
  address: string;
  /** Why nothing can be done with what answers there: present where the state is `odd`. */
  reason?: string;
  /** True while the demo host stands in. */
  demo: boolean;
  models: Model[];
}

export interface ModelOnHost {
  host: OllamaHost;
  model: Model;
}

export interface Catalog {
  /** The offer for a page: cached, and never kept waiting long by a slow host. */
  offer(): Promise<Offer>;
  /** What the offer has under a name; undefined where it is gone or its host is away. */
  find(name: string): Promise<Model | undefined>;
  /** The model by its name and the host that has it; throws OllamaFailure where there is none. */
  resolve(name: string): Promise<ModelOnHost>;
  /** Called when something showed that the list can have changed. */
  forget(): void;
}

/** While someone looks, the list is never older than this. */
const FRESH_MS = 30_000;
/** A host that does not answer, or has nothing, is asked again this soon. */
const RETRY_MS = 1_500;
/** How long a page waits for a host before it shows what was known. */
const PATIENCE_MS = 700;

/** What a host has said when it was last asked. */
interface Listed extends Pick<Offer, "state" | "models"> {
  /** The names of models that cannot hold a conversation. */
  others: string[];
  /** Why there is no list. */
  failure?: OllamaFailure;
}

const AWAY: Listed = { state: "unreachable", models: [], others: [] };

/** Whether an answer came from the demo's model, by the digest that was kept with it. */
export function isDemoDigest(digest: string | null | undefined): boolean {
  return digest === ELIZA_DIGEST;
}

/** The models of one Ollama and, as `mode` says, of the demo host beside it or in its place. */
export function createCatalog(
  ollama: OllamaHost,
  demo: OllamaHost | undefined,
  mode: "auto" | "on" | "off",
): Catalog {
  const details = new Map<string, ModelDetails>();
  let known: { listed: Listed; at: number } | undefined;
  let refreshing: Promise<Listed> | undefined;
  let demoModels: Promise<Model[]> | undefined;

  async function detailsOf(
    host: OllamaHost,
    { name, digest }: ListedModel,
    signal: AbortSignal,
  ): Promise<ModelDetails> {
    const before = details.get(digest);
    if (before) return before;
    try {
      const shown = await host.show(name, signal);
      if (digest !== "") details.set(digest, shown);
      return shown;
    } catch {
      // Offered all the same, since the host has the last word, and asked about again the next time.
      return { capabilities: ["completion", "vision"] };
    }
  }

  /** The models that can hold a conversation, and the names of the others. */
  async function describe(host: OllamaHost, listed: ListedModel[]) {
    const signal = AbortSignal.timeout(LIST_MS);
    const described = await mapFew(listed, MODELS_SHOWN_AT_ONCE, async (one) => {
      const { capabilities: can, ...about } = await detailsOf(host, one, signal);
      const { digest } = one;
      const name = one.name.replace(/:latest$/, "");
      const thinks = thinkValues(name, can, about.thinkValues);
      const sees = can.includes("vision");
      return { ...about, name, digest, demo: host.demo, sees, thinkValues: thinks, can };
    });
    const [chatting, others] = [true, false].map((talks) =>
      described.filter(({ can }) => can.includes("completion") === talks),
    );
    return {
      models: (chatting ?? []).map(({ can: _, ...rest }): Model => rest),
      others: (others ?? []).map(({ name }) => name),
    };
  }

  function refresh(): Promise<Listed> {
    refreshing ??= list(ollama)
      .then((listed) => {
        known = { listed, at: Date.now() };
        return listed;
      })
      .finally(() => {
        refreshing = undefined;
      });
    return refreshing;
  }

  async function list(host: OllamaHost): Promise<Listed> {
    try {
      const listed = await host.list(AbortSignal.timeout(LIST_MS));
      const digests = new Set(listed.map(({ digest }) => digest));
      for (const digest of details.keys()) if (!digests.has(digest)) details.delete(digest);
      const described = await describe(host, listed);
      return { state: described.models.length > 0 ? "ready" : "empty", ...described };
    } catch (error) {
      if (!(error instanceof OllamaFailure)) return AWAY;
      return { ...AWAY, state: STATES[error.code] ?? "unreachable", failure: error };
    }
  }

  async function current(): Promise<Listed> {
    const fresh = known?.listed.state === "ready" ? FRESH_MS : RETRY_MS;
    if (known && Date.now() - known.at < fresh) return known.listed;
    return Promise.race([refresh(), after(PATIENCE_MS, known?.listed ?? AWAY)]);
  }

  async function withDemo(listed: Listed): Promise<Offer> {
    const { state, models, failure } = listed;
    const away = state !== "ready" && state !== "empty";
    const shown = demo !== undefined && (mode === "on" || (mode === "auto" && away));
    demoModels ??= shown
      ? demo
          .list(AbortSignal.timeout(LIST_MS))
          .then((m) => describe(demo, m))
          .then(({ models }) => models)
      : undefined;
    const extra = shown ? await demoModels : undefined;
    return {
      state,
      address: ollama.address,
      ...(state === "odd" && failure ? { reason: failure.message } : {}),
      demo: shown,
      models: [...models, ...(extra ?? [])],
    };
  }

  const offer = async () => withDemo(await current());

  return {
    offer,

    async find(name) {
      return (await offer()).models.find((model) => sameModel(model.name, name));
    },

    async resolve(name) {
      const find = ({ models }: Offer) => models.find((model) => sameModel(model.name, name));
      const model = find(await offer()) ?? find(await withDemo(await refresh()));
      if (model) return { host: model.demo && demo ? demo : ollama, model };
      const { state = "unreachable", others = [], failure } = known?.listed ?? {};
      if (others.some((other) => sameModel(other, name))) {
        throw new OllamaFailure("not-a-chat-model", `"${name}" does not support chat`);
      }
      if (state === "ready" || state === "empty") {
        throw new OllamaFailure("model-gone", `model '${name}' not found`, { status: 404 });
      }
      throw failure ?? new OllamaFailure("unreachable", `${ollama.address} did not answer`);
    },

    forget() {
      known = known && { ...known, at: 0 };
    },
  };
}

/** What a failure to list models says about their host; unreachable where it is not here. */
const STATES: Partial<Record<FailureCode, Offer["state"]>> = {
  refused: "refused",
  redirected: "odd",
  garbled: "odd",
};

/** What `Array.prototype.map` gives, for so many at a time. */
async function mapFew<T, R>(
  list: readonly T[],
  atOnce: number,
  map: (item: T) => Promise<R>,
): Promise<R[]> {
  const mapped: R[] = [];
  // One iterator for all: each takes the next item as soon as it has done its own.
  const items = list.entries();
  const work = async () => {
    for (const [index, item] of items) mapped[index] = await map(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return mapped;
}

function after<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, ms, value));
}
