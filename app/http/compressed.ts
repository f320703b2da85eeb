/** Below this many bytes a compressed page is hardly smaller. */
const WORTH_IT = 1_400;

/** A whole page, compressed where the browser takes it. Streams are left alone: they would be held back. */
export function compressed(response: Response, request: Request): Response {
  const { headers, body } = response;
  const whole = /^(text\/html|application\/json)/.test(headers.get("content-type") ?? "");
  const length = Number(headers.get("content-length") ?? WORTH_IT);
  const accepts = /\bgzip\b/.test(request.headers.get("accept-encoding") ?? "");
  if (!whole || !body || !accepts || length < WORTH_IT) return response;
  headers.set("Content-Encoding", "gzip");
  headers.append("Vary", "Accept-Encoding");
  headers.delete("Content-Length");
  return new Response(body.pipeThrough(new CompressionStream("gzip")), response);
}
