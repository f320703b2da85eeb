import type { ComposerView } from "~/components/composer";
import type { HostView } from "~/components/host-notice";
import { readPreferences } from "~/http/preferences";
import { chosenModel } from "./chosen-model";
import { composerNotes } from "./composer";
import type { RequestContext } from "./context";
import { givenBack } from "./files";
import { hostView } from "./host";
import { outcomeOf } from "./outcome";

export interface HomePage {
  composer: ComposerView;
  /** Instructions that came back with a prompt that was refused. */
  instructions: string;
  host: HostView;
  check: string;
}

/** The first page, with the text that came back where a prompt was refused. */
export async function homePage(
  context: RequestContext,
  request: Request,
  wanted: { model: string | null },
): Promise<HomePage> {
  const { hrefs } = context;
  const refused = outcomeOf(context, "prompt-refused");
  const filled = outcomeOf(context, "prompt-filled")?.prompt;
  const host = await hostView(context);
  const models = [wanted.model ?? undefined, refused?.model, readPreferences(request).model];
  const chosen = chosenModel(host, models);
  return {
    composer: {
      action: hrefs.conversations(),
      once: Bun.randomUUIDv7(),
      prompt: refused?.prompt ?? filled ?? "",
      adds: filled !== undefined,
      ...chosen,
      notes: await composerNotes(context, undefined, chosen.model, undefined, {
        prompt: refused?.prompt ?? filled ?? "",
        files: refused?.files,
      }),
      ...givenBack(hrefs, refused),
    },
    instructions: refused?.system ?? "",
    host,
    check: hrefs.home(),
  };
}
