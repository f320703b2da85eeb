import type { Form } from "./form";

/**
 * The id of a form by which it is known when it is sent again; undefined without the field `once`, which is new
 * on every page. The address and all fields count too: other text from a page gone back to is another prompt.
 */
export function clientIdOf(request: Request, form: Form): string | undefined {
  if (!form("once")) return undefined;
  const { pathname, search } = new URL(request.url);
  const sent = JSON.stringify([pathname, search, form.digest()]);
  return new Bun.CryptoHasher("sha256").update(sent).digest("base64url");
}
