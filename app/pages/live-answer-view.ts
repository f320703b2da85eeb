import type { AnswerView } from "~/components/answer";
import type { HostView } from "~/components/host-notice";
import type { LiveAnswer } from "~/generation/live-answer";

/** A live answer as a page begins it: who writes, and no text yet. */
export function liveAnswerView({ ids }: LiveAnswer, host: HostView): AnswerView {
  const { messageId, model } = ids;
  return {
    role: "assistant",
    id: messageId,
    model,
    demo: host.models.some((offered) => offered.demo && offered.name === model),
    blocks: [],
    thinking: "",
    end: "live",
  };
}
