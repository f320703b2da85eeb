import { ParleyError } from "~/errors";

/** The text fields of a form, by name; throws a ParleyError where the body is no form. */
export async function readForm(request: Request): Promise<(name: string) => string | undefined> {
  const form = await request.formData().catch((cause) => {
    throw new ParleyError("bad-form", "What was sent is not a form that can be read.", {
      status: 400,
      next: "Go back and send it again.",
      cause,
    });
  });
  return (name) => {
    const value = form.get(name);
    return typeof value === "string" ? value : undefined;
  };
}
