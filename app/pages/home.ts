import type { ComposerView } from "~/components/composer";
import type { HostView } from "~/components/host-notice";
import { readPreferences } from "~/http/preferences";
import { chosenModel, composerView, hostView } from "./composer";
import type { RequestContext } from "./context";
import { outcomeOf } from "./outcome";

export interface HomePage {
  composer: ComposerView;
  instructions: string;
  host: HostView;
  check: string;
}

/** The first page, with the text of a refused prompt. */
export async function homePage(
  context: RequestContext,
  request: Request,
  wanted: { model: string | null },
): Promise<HomePage> {
  const { hrefs } = context;
  const back = outcomeOf(context, "prompt-refused");
  const host = await hostView(context);
  const models = [wanted.model ?? undefined, back?.model, readPreferences(request).model];
  const chosen = chosenModel(host, models);
  return {
    composer: await composerView(context, { action: hrefs.conversations(), chosen, back }),
    instructions: back?.system ?? "",
    host,
    check: hrefs.home(),
  };
}
