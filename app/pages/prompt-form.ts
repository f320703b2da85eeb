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
  system: text,
  leaf: textIfAny,
  files,
  kept: texts,
});

/** A prompt as a form sent it; its files are stored already. */
export interface PromptForm extends ReturnedPrompt {
  model: string | undefined;
  system: string;
  leafId: string | undefined;
  clientId: string | undefined;
  files: LooseFile[];
  refusedFiles: RefusedFile[];
  fault: StorageError | undefined;
}

/** After these errors the page is shown again with the text in the box. */
const GIVES_BACK = new Set<ErrorKind>(["conflict", "invalid", "unavailable"]);

interface PromptActionOptions {
  /** The page to redirect to; default the conversation. */
  target?(conversationId: string, asked: Asked): Promise<string>;
  /** Whether the next new conversation starts with the model. */
  keepsModel?: boolean;
}

/** `save` returns the id of the conversation. A refused prompt is shown again; a form sent twice is saved once. */
export function handlePrompt(
  save: (prompt: PromptForm, asked: Asked) => Promise<string>,
  { target, keepsModel = false }: PromptActionOptions = {},
) {
  return handle(async (asked) => {
    const { context, request } = asked;
    const form = await readForm(request);
    const clientId = clientIdOf(request, form);
    const findSent = async () => clientId && (await context.db.turns.sentAs(clientId));
    const saveOrRefuse = async () => {
      const prompt = await readPrompt(context, form, clientId);
      try {
        form.check();
        checkFiles(prompt);
        return await save(prompt, asked);
      } catch (error) {
        return refusePrompt(context, error, prompt);
      }
    };
    let saved = (await findSent()) || (await saveOrRefuse());
    // The same form may have been saved while this one was refused.
    if (saved instanceof Response) saved = (await findSent()) || saved;
    if (saved instanceof Response) return saved;
    const to = (await target?.(saved, asked)) ?? context.hrefs.conversation(saved);
    return redirectWithModel(context, to, keepsModel ? form.text("model") : undefined);
  });
}

/** The same for a form that is sent twice. All fields count, since Back keeps `once` but lets them change. */
function clientIdOf(request: Request, form: Form): string | undefined {
  if (!form.text("once")) return undefined;
  const { pathname, search } = new URL(request.url);
  const sent = JSON.stringify([pathname, search, form.digest()]);
  return new Bun.CryptoHasher("sha256").update(sent).digest("base64url");
}

/** Sets the cookie for the model, unless it is the demo. */
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
  // Reading a long PDF is slow.
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

/** Throws if files were refused: the person decides whether to send without them. */
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
