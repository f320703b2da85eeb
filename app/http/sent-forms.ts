import type { RequestContext } from "~/pages/context";
import type { Form } from "./form";

/** As long after a form was taken as a second click on its button may come. */
const SAME_CLICK_MS = 2_000;

interface Sent {
  /** The redirect that it was answered with; undefined where it was not taken. */
  taken: Promise<Response | undefined>;
  /** When the same form counts as sent anew; by the clock of the constructor. */
  until: number;
}

/**
 * Forms that are being taken, or were a moment ago. A browser without script sends a form again where its
 * button is clicked twice: that is one prompt, and the second click leads to where the first one led.
 */
export class SentForms {
  readonly #sent = new Map<string, Sent>();
  readonly #now: () => number;

  /** `now` gives milliseconds. */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /**
   * Does what a form asks for, unless the form of this key is being taken or was within two seconds: then it
   * is answered alike. One that was refused counts for nothing.
   */
  async once(key: string, act: () => Promise<Response>): Promise<Response> {
    for (let sent = this.#find(key); sent; sent = this.#find(key)) {
      const taken = await sent.taken;
      if (taken) return new Response(null, { status: taken.status, headers: taken.headers });
    }
    const answer = act();
    const sent: Sent = { taken: answer.then(redirectOf, () => undefined), until: Infinity };
    this.#sent.set(key, sent);
    void sent.taken.then((taken) => {
      sent.until = taken ? this.#now() + SAME_CLICK_MS : 0;
    });
    return answer;
  }

  #find(key: string): Sent | undefined {
    const now = this.#now();
    for (const [other, { until }] of this.#sent) if (until <= now) this.#sent.delete(other);
    return this.#sent.get(key);
  }
}

function redirectOf(response: Response): Response | undefined {
  return response.status === 303 ? response : undefined;
}

/**
 * Answers a form once that is sent twice by a double click. Its field `once` is new on every page, so the same
 * words sent again from the next page are always taken; a form without the field is never held to be another.
 */
export function answerOnce(
  { sentForms, ownerId }: RequestContext,
  request: Request,
  form: Form,
  act: () => Promise<Response>,
): Promise<Response> {
  if (!form("once")) return act();
  const { pathname, search } = new URL(request.url);
  return sentForms.once(JSON.stringify([ownerId, pathname, search, form.digest()]), act);
}
