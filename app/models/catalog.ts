import { LIST_MS } from "~/limits";
import { type ListedModel, type ModelDetails, type OllamaHost, sameModel } from "~/ollama/client";
import { ELIZA_DIGEST } from "~/ollama/demo/host";
import { OllamaFailure } from "~/ollama/failure";
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
}

/** What the host offers now, or why it offers nothing. */
export interface Offer {
  state: "ready" | "empty" | "unreachable" | "refused";
  address: string;
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

type Listed = Pick<Offer, "state" | "models">;

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
    name: string,
    digest: string,
    signal: AbortSignal,
  ): Promise<ModelDetails> {
    const before = details.get(digest);
    if (before) return before;
    try {
      const shown = await host.show(name, signal);
      details.set(digest, shown);
      return shown;
    } catch {
      // Offered all the same, since the host has the last word, and asked about again the next time.
      return { capabilities: ["completion", "vision"] };
    }
  }

  async function describe(host: OllamaHost, listed: ListedModel[]): Promise<Model[]> {
    const signal = AbortSignal.timeout(LIST_MS);
    const models = await Promise.all(
      listed.map(async ({ name, digest }) => {
        const { capabilities: can, ...about } = await detailsOf(host, name, digest, signal);
        const shown = name.replace(/:latest$/, "");
        const thinks = thinkValues(shown, can, about.thinkValues);
        const sees = can.includes("vision");
        return { ...about, name: shown, digest, demo: host.demo, sees, thinkValues: thinks, can };
      }),
    );
    return models
      .filter(({ can }) => can.includes("completion"))
      .map(({ can: _, ...rest }) => rest);
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
      const models = await describe(host, await host.list(AbortSignal.timeout(LIST_MS)));
      return { state: models.length > 0 ? "ready" : "empty", models };
    } catch (error) {
      const refused = error instanceof OllamaFailure && error.code === "refused";
      return { state: refused ? "refused" : "unreachable", models: [] };
    }
  }

  async function current(): Promise<Listed> {
    const fresh = known?.listed.state === "ready" ? FRESH_MS : RETRY_MS;
    if (known && Date.now() - known.at < fresh) return known.listed;
    const meanwhile = known?.listed ?? { state: "unreachable", models: [] };
    return Promise.race([refresh(), after(PATIENCE_MS, meanwhile)]);
  }

  async function withDemo(listed: Listed): Promise<Offer> {
    const away = listed.state === "unreachable" || listed.state === "refused";
    const shown = demo !== undefined && (mode === "on" || (mode === "auto" && away));
    demoModels ??= shown
      ? demo.list(AbortSignal.timeout(LIST_MS)).then((m) => describe(demo, m))
      : undefined;
    const extra = shown ? await demoModels : undefined;
    return {
      ...listed,
      address: ollama.address,
      demo: shown,
      models: [...listed.models, ...(extra ?? [])],
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
      if (known?.listed.state === "unreachable" || known?.listed.state === "refused") {
        throw new OllamaFailure(known.listed.state, `${ollama.address} did not answer`);
      }
      throw new OllamaFailure("model-gone", `model '${name}' not found`, { status: 404 });
    },

    forget() {
      known = known && { ...known, at: 0 };
    },
  };
}

function after<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, ms, value));
}
