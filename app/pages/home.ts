import type { ComposerView } from "~/components/composer";
import type { HostView } from "~/components/host-notice";
import type { RequestContext } from "~/http/context";
import { readPreferences } from "~/http/preferences";
import { chosenModel } from "./chosen-model";
import { composerNotes } from "./composer";
import { givenBack } from "./files";
import { hostView } from "./host";
import { hrefs } from "./hrefs";

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
  const { base, refused } = context;
  const host = await hostView(context);
  const models = [wanted.model ?? undefined, refused?.model, readPreferences(request).model];
  const chosen = chosenModel(host, models);
  return {
    composer: {
      action: hrefs.conversations(base),
      once: Bun.randomUUIDv7(),
      prompt: refused?.prompt ?? context.filled ?? "",
      adds: context.filled !== undefined,
      ...chosen,
      notes: await composerNotes(context, undefined, chosen.model, undefined, {
        prompt: refused?.prompt ?? context.filled ?? "",
        files: refused?.files,
      }),
      ...givenBack(base, refused),
    },
    instructions: refused?.system ?? "",
    host,
    check: hrefs.home(base),
  };
}
