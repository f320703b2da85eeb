import * as v from "valibot";
import { ParleyError } from "~/errors";
import { FORM_FIELDS, FORM_HEAD_BYTES, FORM_TEXT_BYTES } from "~/limits";

export type FormSchema = v.ObjectSchema<v.ObjectEntries, undefined>;

type Value = string | File;

const values = v.custom<Value[]>(Array.isArray);

/** The text of a field; "" if it is missing. */
export const text = v.pipe(
  values,
  v.transform((all) => textsOf(all)[0] ?? ""),
);

/** The text of a field; undefined if it is missing. */
export const textIfSent = v.pipe(
  values,
  v.transform((all) => textsOf(all)[0]),
);

/** The text of a field; undefined if it is missing or empty. */
export const textIfAny = v.pipe(
  values,
  v.transform((all) => textsOf(all)[0] || undefined),
);

export const texts = v.pipe(values, v.transform(textsOf));

/** The files of a field; none if it was left empty. */
export const files = v.pipe(values, v.transform(filesOf));

export class Form {
  readonly #data: FormData;
  readonly #isCut: boolean;

  constructor(data: FormData, isCut: boolean) {
    this.#data = data;
    this.#isCut = isCut;
  }

  read<S extends FormSchema>(schema: S): v.InferOutput<S> {
    const names = Object.keys(schema.entries);
    return v.parse(
      schema,
      Object.fromEntries(names.map((name) => [name, this.#data.getAll(name)])),
    );
  }

  /** The text of a field that no schema names. */
  text(name: string): string | undefined {
    return textsOf(this.#data.getAll(name))[0];
  }

  /** A hash of all fields; of files, only their names and sizes. */
  digest(): string {
    const fields = [...this.#data].map(([name, value]) =>
      value instanceof File ? [name, value.name, value.size] : [name, value],
    );
    return new Bun.CryptoHasher("sha256").update(JSON.stringify(fields)).digest("hex");
  }

  /** Throws a ParleyError if the form had more fields than are allowed. */
  check(): void {
    if (this.#isCut) throw tooManyFields();
  }
}

/** Throws a ParleyError if the body is not a form or too large. The caller runs `check`, or first saves the text. */
export async function readForm(request: Request): Promise<Form> {
  const type = request.headers.get("content-type") ?? "";
  const { bytes, isCut, textBytes } = cutForm(Buffer.from(await bodyOf(request)), type);
  if (textBytes > FORM_TEXT_BYTES) throw tooMuchText();
  const fields = new Response(bytes, { headers: { "Content-Type": type } });
  const data = await fields.formData().catch((cause) => {
    throw notAForm(cause);
  });
  const length = textsOf([...data.values()]).reduce((sum, one) => sum + Buffer.byteLength(one), 0);
  if (length > FORM_TEXT_BYTES) throw tooMuchText();
  return new Form(data, isCut);
}

async function bodyOf(request: Request): Promise<ArrayBuffer> {
  try {
    return await request.arrayBuffer();
  } catch (cause) {
    // A ParleyError comes from `limited` in the guard.
    throw cause instanceof ParleyError ? cause : notAForm(cause);
  }
}

/** The body of a form, cut to FORM_FIELDS. */
export interface FormBody {
  bytes: Buffer<ArrayBuffer>;
  isCut: boolean;
  /** An upper bound for its text fields. */
  textBytes: number;
}

const AMPERSAND = 0x26;
const LINE_END = "\r\n";
const HEAD_END = "\r\n\r\n";
/** Percent-encoding makes text up to three times as long. */
const PERCENT_ENCODING = 3;

/** Cuts a form before it is parsed, since parsing many fields is slow. Overwrites bytes after the last kept field. */
export function cutForm(bytes: Buffer<ArrayBuffer>, contentType: string): FormBody {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  return boundary ? cutMultipart(bytes, `--${boundary}`) : cutUrlencoded(bytes);
}

function cutUrlencoded(bytes: Buffer<ArrayBuffer>): FormBody {
  const cutAt = (end: number, isCut: boolean) => ({
    ...{ bytes: bytes.subarray(0, end), isCut },
    textBytes: Math.floor(end / PERCENT_ENCODING),
  });
  let end = -1;
  for (let fields = 0; fields < FORM_FIELDS; fields++) {
    end = bytes.indexOf(AMPERSAND, end + 1);
    if (end === -1) return cutAt(bytes.length, false);
  }
  return cutAt(end, true);
}

function cutMultipart(bytes: Buffer<ArrayBuffer>, delimiter: string): FormBody {
  let textBytes = 0;
  let start = bytes.indexOf(delimiter);
  for (let parts = 0; start !== -1; parts++) {
    const begin = start + delimiter.length;
    const end = bytes.indexOf(delimiter, begin);
    if (end === -1) break;
    if (parts === FORM_FIELDS) {
      const close = begin + bytes.write("--\r\n", begin);
      return { bytes: bytes.subarray(0, close), isCut: true, textBytes };
    }
    const head = bytes.toString("latin1", begin, Math.min(begin + FORM_HEAD_BYTES, end));
    const headEnd = head.indexOf(HEAD_END);
    const isFile = headEnd !== -1 && /;\s*filename\*?=/i.test(head.slice(0, headEnd));
    const around = headEnd === -1 ? 0 : headEnd + HEAD_END.length + LINE_END.length;
    if (!isFile) textBytes += Math.max(0, end - begin - around);
    start = end;
  }
  return { bytes, isCut: false, textBytes };
}

function textsOf(all: Value[]): string[] {
  return all.filter((value) => typeof value === "string");
}

function filesOf(all: Value[]): File[] {
  return (
    all
      .filter((value) => value instanceof File)
      // Browsers send neither a name nor a byte if nothing was chosen.
      .filter((file) => file.size > 0 || Boolean(file.name))
      // Bun leaves out the name of a file that was sent under an empty one.
      .map((file) => (file.name === undefined ? new File([file], "", { type: file.type }) : file))
  );
}

function notAForm(cause: unknown): ParleyError {
  return new ParleyError("bad-form", "What was sent is not a form that can be read.", {
    kind: "malformed",
    next: "Go back and send it again.",
    cause,
  });
}

function tooManyFields(): ParleyError {
  const most = FORM_FIELDS.toLocaleString("en");
  return new ParleyError("too-many-fields", `The form has more than ${most} fields.`, {
    kind: "invalid",
    next: "Send it again with fewer.",
  });
}

function tooMuchText(): ParleyError {
  const most = FORM_TEXT_BYTES / 1024 / 1024;
  return new ParleyError("too-much-text", `The text of the form is longer than ${most} MiB.`, {
    kind: "too-large",
    next: "Go back, where your text still is, and shorten it.",
  });
}
