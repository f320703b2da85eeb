import { redirect } from "@remix-run/node";
import * as v from "valibot";
import type { LooseFile } from "~/db/files";
import { type ErrorKind, ParleyError, problemOf, type StorageError } from "~/errors";
import { type RefusedFile, receiveFiles } from "~/files/receive";
import { type Form, files, readForm, text, textIfAny, textIfSent, texts } from "~/http/form";
import { type Asked, handle, statusOf } from "~/http/handle";
import { modelCookie } from "~/http/preferences";
import { FILE_BYTES } from "~/limits";
import type { RequestContext } from "./context";
import { type ReturnedPrompt, showAgain } from "./outcome";

const PromptFields = v.object({
  prompt: text,
  model: textIfSent,
  /** Instructions for a new conversation. */
  system: text,
  leaf: textIfAny,
  files,
  kept: texts,
});

/** A prompt as a form sends it; its files are stored already. */
export interface PromptForm extends ReturnedPrompt {
  model: string | undefined;
  system: string;
  /** The end of the branch that the form was on. */
  leafId: string | undefined;
  clientId: string | undefined;
  files: LooseFile[];
  refusedFiles: RefusedFile[];
  /** Why the database did not take the files. */
  fault: StorageError | undefined;
}

/** Kinds of refusal after which the page comes back with the text still in the box. */
const GIVES_BACK = new Set<ErrorKind>(["conflict", "invalid", "unavailable"]);

interface PromptActionOptions {
  /** The page of the conversation to lead to. */
  leadTo?(conversationId: string, asked: Asked): Promise<string>;
  /** Whether a new conversation starts with the model next time. */
  keepsModel?: boolean;
}

/**
 * An action that takes a prompt; `take` writes it and gives its conversation. If it is refused, its page is shown
 * again with the text and the reason. A form that was taken before leads where it led then.
 */
export function handlePrompt(
  take: (prompt: PromptForm, asked: Asked) => Promise<string>,
  { leadTo, keepsModel = false }: PromptActionOptions = {},
) {
  return handle(async (asked) => {
    const { context, request } = asked;
    const form = await readForm(request);
    const clientId = clientIdOf(request, form);
    const findSent = async () => clientId && (await context.db.turns.sentAs(clientId));
    const takeOrRefuse = async () => {
      const prompt = await readPrompt(context, form, clientId);
      try {
        form.check();
        checkFiles(prompt);
        return await take(prompt, asked);
      } catch (error) {
        return refusePrompt(context, error, prompt);
      }
    };
    let taken = (await findSent()) || (await takeOrRefuse());
    // The same form may have been taken while this one was refused.
    if (taken instanceof Response) taken = (await findSent()) || taken;
    if (taken instanceof Response) return taken;
    const to = (await leadTo?.(taken, asked)) ?? context.hrefs.conversation(taken);
    return redirectWithModel(context, to, keepsModel ? form.text("model") : undefined);
  });
}

/** Tells a form that is sent twice; undefined if its page gave it no id. The other fields count too, since Back may change them. */
function clientIdOf(request: Request, form: Form): string | undefined {
  if (!form.text("once")) return undefined;
  const { pathname, search } = new URL(request.url);
  const sent = JSON.stringify([pathname, search, form.digest()]);
  return new Bun.CryptoHasher("sha256").update(sent).digest("base64url");
}

/** Redirects, and remembers the model unless it is the demo. */
async function redirectWithModel(
  { base, catalog }: RequestContext,
  to: string,
  model: string | undefined,
): Promise<Response> {
  const response = redirect(to, 303);
  if (model && !(await catalog.find(model))?.demo) {
    response.headers.set("Set-Cookie", modelCookie(model, base));
  }
  return response;
}

async function readPrompt(
  context: RequestContext,
  form: Form,
  clientId: string | undefined,
): Promise<PromptForm> {
  const { files: chosen, kept, leaf, ...fields } = form.read(PromptFields);
  // A long PDF takes its time.
  if (chosen.length > 0) context.keepOpen();
  const received = await receiveFiles(context, { chosen, kept });
  return {
    ...fields,
    leafId: leaf,
    clientId,
    files: received.taken,
    refusedFiles: received.refused,
    fault: received.fault,
  };
}

/** Throws a ParleyError if files were refused: the person decides what to do about them. */
function checkFiles({ refusedFiles, fault }: PromptForm): void {
  if (fault) throw fault;
  if (refusedFiles.length === 0) return;
  const count = refusedFiles.length === 1 ? "A file was" : `${refusedFiles.length} files were`;
  throw new ParleyError("files-refused", `${count} not taken, so nothing was sent.`, {
    kind: "invalid",
    next: `Pictures (PNG, JPEG, WebP), PDFs and text are taken, up to ${FILE_BYTES / 1024 / 1024} MiB each. What you wrote is still here.`,
  });
}

function refusePrompt(
  context: RequestContext,
  error: unknown,
  { prompt, model, system, files, refusedFiles }: PromptForm,
): Response {
  if (!(error instanceof ParleyError) || !GIVES_BACK.has(error.kind)) throw error;
  const returned = { prompt, model, system, files, refusedFiles };
  const outcome = { kind: "prompt-refused", ...returned, problem: problemOf(error) } as const;
  return showAgain(context, outcome, statusOf(error));
}
