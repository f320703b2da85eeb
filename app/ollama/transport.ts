import { HOST_ERROR_BYTES, HOST_JSON_BYTES } from "~/limits";
import { checkValues, readBeginning, readWhole } from "./body";
import { connectionFailure, failureFrom, OllamaFailure } from "./failure";

export type Fetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

/** Throws on refusals. Redirects would send the prompt elsewhere; a few compressed bytes can become any number. */
export async function send(
  fetch: Fetch,
  input: RequestInfo | URL,
  init: RequestInit,
): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("accept-encoding", "identity");
  // A model may take minutes to load. `timeout` and `decompress` are Bun's own options, which `RequestInit` lacks.
  const options = {
    ...init,
    headers,
    redirect: "manual",
    timeout: false,
    decompress: false,
  } as RequestInit;
  let response: Response;
  try {
    response = await fetch(input, options);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw connectionFailure(error);
  }
  const location = response.headers.get("location");
  if (response.status >= 300 && response.status < 400) throw redirected(location);
  const packed = response.headers.get("content-encoding") ?? "identity";
  if (packed !== "identity") {
    throw new OllamaFailure("garbled", "The reply is compressed, which Parley did not ask for.");
  }
  if (response.ok) return response;
  const text = await readBeginning(response.body, HOST_ERROR_BYTES);
  throw failureFrom(errorText(text), response.status);
}

/** A `fetch` for one call of the `ollama` package (0.6.4) with what it lacks: aborts, limits, silent refusals. */
export function documentFetch(fetch: Fetch, signal: AbortSignal): Fetch {
  return async (input, init) => {
    // An unread body would keep its connection.
    const over = new AbortController();
    try {
      const signals = AbortSignal.any([signal, over.signal]);
      const response = await send(fetch, input, { ...init, signal: signals });
      const { status, headers } = response;
      const text = await readWhole(response.body, HOST_JSON_BYTES);
      checkValues(text);
      return new Response(text, { status, headers });
    } finally {
      over.abort();
    }
  };
}

function redirected(location: string | null): OllamaFailure {
  const target = location && URL.canParse(location) ? ` to ${new URL(location).origin}` : "";
  return new OllamaFailure("redirected", `The reply is a redirect${target}.`);
}

function errorText(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    // The field may be missing or of any type.
    const error = (parsed as { error?: unknown } | null)?.error;
    if (typeof error === "string") return error;
    if (error !== undefined) return body;
  } catch {
    // Not JSON, such as a proxy's page.
  }
  return body;
}
