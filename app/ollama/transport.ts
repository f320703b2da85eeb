import { failureFrom, OllamaFailure } from "./failure";

export type Fetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

/**
 * The `fetch` that the `ollama` package is given for one call. It closes three of the package's gaps
 * (0.6.4): an abort that works before headers come, no time limit on slow loads, and refusals read here,
 * because the package logs them to the console and loses an empty 403.
 */
export function transport(fetch: Fetch, signal: AbortSignal): Fetch {
  return async (input, init) => {
    const signals = init?.signal ? [init.signal, signal] : [signal];
    const response = await ask(fetch, input, { ...init, signal: AbortSignal.any(signals) });
    if (!response.ok) throw failureFrom(errorText(await response.text()), response.status);
    if (!isStream(response) || !response.body) return response;
    return new Response(wholeLines(response.body), response);
  };
}

async function ask(fetch: Fetch, input: RequestInfo | URL, init: RequestInit): Promise<Response> {
  try {
    // `timeout: false` is Bun's: a model may take minutes to load without a byte.
    return await fetch(input, { ...init, timeout: false } as RequestInit);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new OllamaFailure("unreachable", error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

function errorText(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    const error = (parsed as { error?: unknown } | null)?.error;
    if (typeof error === "string") return error;
    if (error !== undefined) return body;
  } catch {
    // A proxy's page or nothing at all: the text itself is what was said.
  }
  return body;
}

function isStream(response: Response): boolean {
  return response.headers.get("content-type")?.includes("ndjson") ?? false;
}

const NEWLINE = 10;

/**
 * Passes whole lines only. A connection that breaks leaves half a line, which the package would print,
 * and with it what was said, to the console.
 */
function wholeLines(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let rest: Uint8Array | undefined;
  return new ReadableStream({
    async pull(controller) {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        const chunk: Uint8Array = rest ? Buffer.concat([rest, value]) : value;
        const end = chunk.lastIndexOf(NEWLINE) + 1;
        rest = end < chunk.length ? chunk.subarray(end) : undefined;
        if (end > 0) return controller.enqueue(chunk.subarray(0, end));
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
