import * as v from "valibot";
import type { SettingsView } from "~/components/settings";
import type { SteeringView } from "~/components/steering-form";
import { findConversation } from "~/conversations/find";
import { checkModel } from "~/conversations/prompt";
import { type SteeringScope, saveSteering, steeringOf } from "~/conversations/steer";
import { problemOf, StorageError } from "~/errors";
import { readLayers } from "~/generation/asked";
import { textIfSent } from "~/http/form";
import type { Model } from "~/models/catalog";
import { NO_SYSTEM, type SteeringText, steeringSummary, writtenSteering } from "~/steering/form";
import { STEERING_FIELDS } from "~/steering/options";
import type { Think } from "~/steering/steering";
import type { RequestContext } from "./context";
import type { Hrefs } from "./hrefs";
import { outcomeOf, showAgain } from "./outcome";
import { fieldsOf } from "./steering-fields";

export const SteeringFields = v.object(
  v.entriesFromList([...STEERING_FIELDS, NO_SYSTEM], textIfSent),
);

export interface SteeringPage {
  title: string;
  form: SteeringView;
}

/** The page of a scope; with the typed text if it was refused. Throws for an unknown conversation. */
export async function steeringPage(
  context: RequestContext,
  request: Request,
  scope: SteeringScope,
): Promise<SteeringPage> {
  const { db, hrefs } = context;
  const refused = outcomeOf(context, "steering-refused");
  const own = await steeringOf(db, scope);
  const model = await modelOf(context, scope);
  const name = model?.name ?? (scope.kind === "model" ? scope.model : "");
  const layers = await readLayers(db, {}, name);
  const below = { ...layers, ...(scope.kind === "conversation" ? {} : { model: {} }) };
  if (scope.kind === "person") below.person = {};
  const view = fieldsOf({
    typed: refused?.typed ?? writtenSteering(own),
    faults: refused?.faults ?? {},
    below,
    model,
    modelName: name,
  });
  const head = await headOf(context, scope, name);
  return {
    title: head.title,
    form: {
      action: addressOf(hrefs, scope),
      intro: head.intro,
      back: head.back,
      ...view,
      note: model && thinkNote(own.think, model),
      problem: refused?.problem,
      saved: new URL(request.url).searchParams.has("saved"),
    },
  };
}

/** The settings: defaults for every model, and links to those of each model. */
export async function settingsPage(
  context: RequestContext,
  request: Request,
): Promise<SettingsView> {
  const { db, catalog, hrefs } = context;
  const { form } = await steeringPage(context, request, { kind: "person" });
  const { models } = await catalog.offer();
  const known = new Map(models.map((model) => [model.name, model]));
  // A model that the host no longer has keeps its defaults: it may come back.
  const set = await db.defaults.ofModels();
  const names = new Set([...known.keys(), ...set.keys()]);
  return {
    form,
    models: [...names].map((name) => {
      const words = steeringSummary(set.get(name) ?? {}, known.get(name)?.thinkValues ?? []);
      return {
        name,
        demo: known.get(name)?.demo ?? false,
        gone: !known.has(name),
        href: hrefs.modelSettings(name),
        words: words || undefined,
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

/** Saves the form. If it is refused, the response shows the page again with the reasons. */
export async function takeSteering(
  context: RequestContext,
  scope: SteeringScope,
  typed: SteeringText,
): Promise<Response | undefined> {
  const model = await modelOf(context, scope);
  try {
    const faults = await saveSteering(context.db, scope, typed, model?.contextLength);
    if (Object.keys(faults).length === 0) return undefined;
    return showAgain(context, { kind: "steering-refused", typed, faults }, 422);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    const problem = problemOf(error);
    const outcome = { kind: "steering-refused", typed, faults: {}, problem } as const;
    return showAgain(context, outcome, 503);
  }
}

function addressOf(hrefs: Hrefs, scope: SteeringScope): string {
  switch (scope.kind) {
    case "conversation":
      return hrefs.steering(scope.id);
    case "model":
      return hrefs.modelSettings(scope.model);
    case "person":
      return hrefs.settings();
  }
}

/** The note on a thinking option that the model does not support. */
export function thinkNote(
  think: Think | undefined,
  model: Pick<Model, "name" | "thinkValues">,
): string | undefined {
  if (think === undefined || model.thinkValues.includes(think)) return undefined;
  const why =
    model.thinkValues.length === 0
      ? "cannot think before it answers"
      : `knows only ${model.thinkValues.join(", ")}`;
  return `Thinking is set to ${think}, but ${model.name} ${why}: it is left to the model.`;
}

async function modelOf(context: RequestContext, scope: SteeringScope): Promise<Model | undefined> {
  if (scope.kind === "person") return undefined;
  if (scope.kind === "model") return context.catalog.find(scope.model);
  const { leafId } = await findConversation(context.db, scope.id);
  const leaf = leafId ? await context.db.messages.find(leafId) : undefined;
  return context.catalog.find(leaf?.model ?? "");
}

async function headOf(
  { db, hrefs }: RequestContext,
  scope: SteeringScope,
  model: string,
): Promise<{ title: string; intro: string; back?: { href: string; word: string } }> {
  switch (scope.kind) {
    case "conversation": {
      const { title } = await findConversation(db, scope.id);
      return {
        title: "Instructions and options",
        intro:
          "They hold for the answers to come in this conversation, and go before your defaults.",
        back: { href: hrefs.conversation(scope.id), word: title },
      };
    }
    case "model":
      return {
        title: `Defaults for ${model}`,
        intro: `They hold for the answers of ${model}, wherever a conversation says nothing else.`,
        back: { href: hrefs.settings(), word: "Settings" },
      };
    case "person":
      return {
        title: "Settings",
        intro:
          "What you set here holds for every model, unless a model or a conversation says otherwise.",
      };
  }
}

/** The scope of a model, by its name on the host; throws a ParleyError without a name. */
export async function modelScope(
  { catalog }: RequestContext,
  asked: string | null,
): Promise<Extract<SteeringScope, { kind: "model" }>> {
  const name = checkModel(asked ?? undefined);
  return { kind: "model", model: (await catalog.find(name))?.name ?? name };
}
