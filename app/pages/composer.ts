import type { ComposerView } from "~/components/composer";
import type { ComposerNotesView, ContextView } from "~/components/composer-notes";
import type { HostView } from "~/components/host-notice";
import type { ModelWanted } from "~/components/model-picker";
import { estimateContext } from "~/conversations/context-estimate";
import type { Conversation } from "~/db/conversations";
import type { LooseFile } from "~/db/files";
import type { Problem } from "~/errors";
import { readLayers } from "~/generation/asked";
import { ratioOf } from "~/generation/token-ratio";
import type { Model } from "~/models/catalog";
import { PICTURE_TOKENS } from "~/shared/context-usage";
import { steeringSummary } from "~/steering/form";
import { type Steering, steeringInForce } from "~/steering/steering";
import type { RequestContext } from "./context";
import { fileViews } from "./files";
import { outcomeOf, type ReturnedPrompt } from "./outcome";
import { thinkNote } from "./steering";

interface ComposerPlace {
  action: string;
  conversation?: Pick<Conversation, "id" | "steering">;
  /** The end of the branch; undefined while it is being written. */
  leafId?: string;
  chosen: ModelWanted;
  back?: ReturnedPrompt & { problem?: Problem };
  stop?: string;
}

/** A composer, with the returned prompt or the filled saved prompt in its box. */
export async function composerView(
  context: RequestContext,
  { action, conversation, leafId, chosen, back, stop }: ComposerPlace,
): Promise<ComposerView> {
  const filled = outcomeOf(context, "prompt-filled")?.prompt;
  const prompt = back?.prompt ?? filled ?? "";
  const given = { prompt, files: back?.files };
  return {
    action,
    once: Bun.randomUUIDv7(),
    prompt,
    adds: filled !== undefined,
    ...chosen,
    notes: await composerNotes(context, conversation, chosen.model, leafId, given),
    ...(back ? returnedView(context, back) : {}),
    stop,
  };
}

function returnedView(
  { hrefs }: RequestContext,
  { problem, files = [], refusedFiles = [] }: NonNullable<ComposerPlace["back"]>,
): Pick<ComposerView, "problem" | "kept" | "refusedFiles"> {
  const views = fileViews(hrefs, files);
  const kept = views.map((view, at) => ({ ...view, characters: files[at]?.characters ?? 0 }));
  return { problem, kept, refusedFiles };
}

/** The host and its models as pages show them. */
export async function hostView({ catalog }: Pick<RequestContext, "catalog">): Promise<HostView> {
  const { state, address, reason, demo, models } = await catalog.offer();
  return {
    state,
    address,
    reason,
    demo,
    models: models.map(({ name, demo, sees, continues }) => ({ name, demo, sees, continues })),
  };
}

/**
 * The first wanted model that the host has, else the host's first; while the host is away, the first wanted one.
 * The demo only if it is wanted first, or if nothing is wanted.
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
  return { model };
}

/** What is shown below a composer; `leafId` is undefined while the end of the branch is being written. */
export async function composerNotes(
  context: RequestContext,
  conversation: Pick<Conversation, "id" | "steering"> | undefined,
  modelName: string | undefined,
  leafId?: string,
  given?: GivenPrompt,
): Promise<ComposerNotesView> {
  const { db, catalog, hrefs } = context;
  const model = modelName === undefined ? undefined : await catalog.find(modelName);
  const layers = await readLayers(db, conversation?.steering ?? {}, model?.name ?? "");
  const steering = steeringInForce(layers);
  const note = model ? thinkNote(steering.think, model) : undefined;
  return {
    steering: {
      href: conversation ? hrefs.steering(conversation.id) : hrefs.settings(),
      words: steeringSummary(steering, model?.thinkValues ?? []),
    },
    prompts: hrefs.prompts(conversation?.id),
    context:
      conversation && !leafId
        ? undefined
        : await contextView(
            context,
            conversation && leafId ? { conversationId: conversation.id, leafId } : undefined,
            { model, steering, given },
          ),
    note,
  };
}

interface GivenPrompt {
  prompt: string;
  files?: readonly LooseFile[];
}

/** Estimates how full the context is, without reading the branch. */
async function contextView(
  { db }: RequestContext,
  branch: { conversationId: string; leafId: string } | undefined,
  { model, steering, given }: { model?: Model; steering: Steering; given?: GivenPrompt },
): Promise<ContextView> {
  const leaf = branch && (await db.messages.find(branch.leafId));
  const known = model && (await db.modelCounts.of(model.digest));
  const estimate = estimateContext({
    measured: leaf && (await db.generations.measured(leaf.id)),
    pathCharacters: leaf?.pathCharacters ?? 0,
    pathPictures: leaf?.pathPictures ?? 0,
    instructions: steering.system?.length ?? 0,
    modelDigest: model?.digest,
    ratio: ratioOf(known),
  });
  const here =
    branch && model && (await db.generations.lastContext(branch.conversationId, model.name));
  const elsewhere =
    known && known.contextTokens !== null
      ? { contextTokens: known.contextTokens, numCtx: known.numCtx ?? undefined }
      : undefined;
  const of = contextLength(model, steering, here ?? elsewhere);
  return {
    ...estimate,
    given: given ? tokensOf(given, estimate.tokensPerCharacter) : 0,
    model: model?.name,
    of,
  };
}

function tokensOf({ prompt, files = [] }: GivenPrompt, tokensPerCharacter: number): number {
  const pictures = files.filter(({ kind }) => kind === "picture").length;
  const characters = files.reduce((sum, file) => sum + (file.characters ?? 0), prompt.length);
  return tokensPerCharacter * characters + PICTURE_TOKENS * pictures;
}

/** The measured length if the same `num_ctx` was set then; else what the model will be loaded with. */
function contextLength(
  model: Model | undefined,
  { num_ctx: wanted }: Steering,
  last: { contextTokens: number; numCtx: number | undefined } | undefined,
): number | undefined {
  if (last && last.numCtx === wanted) return last.contextTokens;
  const next = wanted ?? model?.ownContext;
  return next === undefined ? undefined : Math.min(next, model?.contextLength ?? next);
}
