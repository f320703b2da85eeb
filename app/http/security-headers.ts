/** Everything from us, nothing inline, nothing remote: a picture in an answer would tell its server what was said. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Puts the safety headers on a response; `secure` where the browser came over TLS. */
export function secured(response: Response, secure: boolean): Response {
  const { headers } = response;
  if (!headers.has("Content-Security-Policy")) headers.set("Content-Security-Policy", POLICY);
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Referrer-Policy", "same-origin");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  if (secure) {
    headers.set("Strict-Transport-Security", "max-age=31536000");
    // Over plain HTTP browsers ignore it and complain on the console.
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
  }
  return response;
}
