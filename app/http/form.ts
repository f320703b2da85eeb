import { ParleyError } from "~/errors";
import { FORM_FIELDS, FORM_TEXT_BYTES } from "~/limits";
import { cutForm } from "./form-body";

/** The fields of a form by name. */
export interface Form {
  /** The text of a field, or undefined. */
  (name: string): string | undefined;
  /** The texts of all fields of this name. */
  all(name: string): string[];
  /** The files of a field; one that was left empty has none. */
  files(name: string): File[];
  /** The same for two forms with the same fields; files count by their names and sizes. */
  digest(): string;
  /** Throws a ParleyError if the form had more fields than are allowed. */
  check(): void;
}

/** Reads a form; throws a ParleyError if the body is not a form or exceeds a limit. */
export async function readForm(request: Request): Promise<Form> {
  const form = await readUncheckedForm(request);
  form.check();
  return form;
}

/** Like readForm, but leaves `check` to the caller, who can then return the text to the person. */
export async function readUncheckedForm(request: Request): Promise<Form> {
  const type = request.headers.get("content-type") ?? "";
  const { bytes, isCut, textBytes } = cutForm(Buffer.from(await bodyOf(request)), type);
  if (textBytes > FORM_TEXT_BYTES) throw tooMuchText();
  const fields = new Response(bytes, { headers: { "Content-Type": type } });
  const form = await fields.formData().catch((cause) => {
    throw notAForm(cause);
  });
  const texts = [...form.values()].filter((value) => typeof value === "string");
  const length = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (length > FORM_TEXT_BYTES) throw tooMuchText();
  return formOf(form, isCut);
}

async function bodyOf(request: Request): Promise<ArrayBuffer> {
  try {
    return await request.arrayBuffer();
  } catch (cause) {
    // It is longer than its length would have said, or had none.
    throw cause instanceof ParleyError ? cause : notAForm(cause);
  }
}

function formOf(form: FormData, isCut: boolean): Form {
  const all = (name: string) => form.getAll(name).filter((value) => typeof value === "string");
  const files = (name: string) =>
    form
      .getAll(name)
      .filter((value) => value instanceof File)
      // What browsers send where nothing was chosen: neither a name nor a byte.
      .filter((file) => file.size > 0 || Boolean(file.name))
      // Bun gives a file that was sent under an empty name none at all.
      .map((file) => (file.name === undefined ? new File([file], "", { type: file.type }) : file));
  const digest = () => {
    const fields = [...form].map(([name, value]) =>
      value instanceof File ? [name, value.name, value.size] : [name, value],
    );
    return new Bun.CryptoHasher("sha256").update(JSON.stringify(fields)).digest("hex");
  };
  const check = () => {
    if (isCut) throw tooManyFields();
  };
  return Object.assign((name: string) => all(name)[0], { all, files, digest, check });
}

function notAForm(cause: unknown): ParleyError {
  return new ParleyError("bad-form", "What was sent is not a form that can be read.", {
    status: 400,
    next: "Go back and send it again.",
    cause,
  });
}

function tooManyFields(): ParleyError {
  const most = FORM_FIELDS.toLocaleString("en");
  return new ParleyError("too-many-fields", `The form has more than ${most} fields.`, {
    status: 422,
    next: "Send it again with fewer.",
  });
}

function tooMuchText(): ParleyError {
  const most = FORM_TEXT_BYTES / 1024 / 1024;
  return new ParleyError("too-much-text", `The text of the form is longer than ${most} MiB.`, {
    status: 413,
    next: "Go back, where your text still is, and shorten it.",
  });
}
