import { ParleyError } from "~/errors";

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
}

/** Reads the body of a form; throws a ParleyError where it is none. */
export async function readForm(request: Request): Promise<Form> {
  const form = await request.formData().catch((cause) => {
    // It is longer than its length would have said, or had none.
    if (cause instanceof ParleyError) throw cause;
    throw new ParleyError("bad-form", "What was sent is not a form that can be read.", {
      status: 400,
      next: "Go back and send it again.",
      cause,
    });
  });
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
  return Object.assign((name: string) => all(name)[0], { all, files, digest });
}
