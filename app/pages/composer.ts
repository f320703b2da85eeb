import type { ComposerNotesView } from "~/components/composer-notes";
import type { Conversation } from "~/db/conversations";
import { readLayers } from "~/generation/asked";
import { steeringInForce } from "~/steering/steering";
import { steeringWords } from "~/steering/words";
import type { RequestContext } from "./context";
import { contextView, type GivenPrompt } from "./context-view";
import { thinkNote } from "./steering";

/** What stands below a composer: of a conversation, or of the first page where there is none yet. */
export async function composerNotes(
  context: RequestContext,
  conversation: Pick<Conversation, "id" | "steering"> | undefined,
  modelName: string | undefined,
  /** The end of the branch; none while it is being written. */
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
      words: steeringWords(steering, model?.thinkValues ?? []),
    },
    prompts: hrefs.prompts(conversation?.id),
    ...(conversation && leafId === undefined
      ? {}
      : {
          context: await contextView(
            context,
            conversation && leafId ? { conversationId: conversation.id, leafId } : undefined,
            model,
            steering,
            given,
          ),
        }),
    ...(note ? { note } : {}),
  };
}
