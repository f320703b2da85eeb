import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join, sep } from "node:path";

/** Responds with the files that pages link; undefined for any other path. */
export interface Assets {
  respond(path: string, request: Request): Promise<Response | undefined>;
  /** The path of the style sheet, below the base path. */
  readonly styles: string | undefined;
}

/** Names with a hash of their content never change. */
const FOREVER = "public, max-age=31536000, immutable";
/** Icons and the manifest keep their names. */
const ASK_AGAIN = "public, no-cache";

const TYPES: Record<string, string> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  webmanifest: "application/manifest+json",
};

/** Compressed files lie beside the plain one; best first: [name in Content-Encoding, ending]. */
const ENCODINGS: [string, string][] = [
  ["br", ".br"],
  ["gzip", ".gz"],
];

/** The assets of a folder: on disk, or embedded in the binary, which Bun reads the same way. */
export function readAssets(folder: string): Assets {
  const files = new Set(
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map(
      (name) => `/${name.split(sep).join("/")}`,
    ),
  );
  const tags = new Map<string, string>();
  return {
    styles: [...files].find((path) => path.endsWith(".css")),
    async respond(path, request) {
      const type = TYPES[path.slice(path.lastIndexOf(".") + 1)];
      if (!type || !files.has(path) || !["GET", "HEAD"].includes(request.method)) return undefined;
      const hashed = path.startsWith("/build/");
      const headers = new Headers({
        "Content-Type": type,
        "Cache-Control": hashed ? FOREVER : ASK_AGAIN,
        Vary: "Accept-Encoding",
      });
      if (!hashed) {
        const tag = tags.get(path) ?? (await tagOf(join(folder, path)));
        tags.set(path, tag);
        headers.set("ETag", tag);
        if (request.headers.get("if-none-match") === tag) {
          return new Response(null, { status: 304, headers });
        }
      }
      const accepted = acceptedEncodings(request);
      const best = ENCODINGS.find(([name, end]) => accepted.has(name) && files.has(path + end));
      if (best) headers.set("Content-Encoding", best[0]);
      const file = Bun.file(join(folder, path + (best?.[1] ?? "")));
      // Given the file, Bun would set its own Content-Type for a compressed one.
      return new Response(request.method === "HEAD" ? null : await file.bytes(), { headers });
    },
  };
}

function acceptedEncodings(request: Request): Set<string> {
  const header = request.headers.get("accept-encoding") ?? "";
  return new Set(header.split(",").map((part) => part.split(";")[0]?.trim() ?? ""));
}

async function tagOf(file: string): Promise<string> {
  const bytes = await Bun.file(file).bytes();
  return `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 16)}"`;
}
