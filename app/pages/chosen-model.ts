import type { HostView } from "~/components/host-notice";
import type { ModelWanted } from "~/components/model-picker";

/**
 * The model that a form starts with: the first wanted one that the host has, else the host's first. While the
 * host is away it is the first wanted one. The demo is chosen only if it was wanted first, or if nothing was
 * ever wanted.
 */
export function chosenModel(host: HostView, wanted: readonly (string | undefined)[]): ModelWanted {
  const named = wanted.filter((name): name is string => name !== undefined && name !== "");
  const [first] = named;
  const offered = (name: string) => host.models.find((model) => model.name === name);
  const away = host.state === "unreachable" || host.state === "refused";
  if (first !== undefined && offered(first)) return { model: first };
  if (first !== undefined && away) return { model: first, away };
  const model =
    named.find((name) => offered(name)?.demo === false) ??
    host.models.find(({ demo }) => !demo)?.name ??
    first ??
    host.models[0]?.name;
  return model === undefined ? {} : { model };
}
