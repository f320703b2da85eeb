import type { SettingsView } from "~/components/settings";
import { steeringWords } from "~/steering/words";
import type { RequestContext } from "./context";
import { steeringPage } from "./steering";

/** The person's settings: defaults for every model, the way to those of each, and to what else is theirs. */
export async function settingsPage(
  context: RequestContext,
  request: Request,
): Promise<SettingsView> {
  const { db, catalog, hrefs } = context;
  const { form } = await steeringPage(context, request, { kind: "person" });
  const { models } = await catalog.offer();
  const known = new Map(models.map((model) => [model.name, model]));
  // One that is gone from the host keeps its defaults: it may come back.
  const set = await db.defaults.ofModels();
  const names = new Set([...known.keys(), ...set.keys()]);
  return {
    form,
    models: [...names].map((name) => {
      const words = steeringWords(set.get(name) ?? {}, known.get(name)?.thinkValues ?? []);
      return {
        name,
        demo: known.get(name)?.demo ?? false,
        gone: !known.has(name),
        href: hrefs.modelSettings(name),
        ...(words ? { words } : {}),
      };
    }),
    links: [
      { href: hrefs.prompts(), word: "Saved prompts", meaning: "Texts to start from" },
      {
        href: hrefs.transfer(),
        word: "Import and export",
        meaning: "Conversations as files, from here and from other programs",
      },
    ],
  };
}
