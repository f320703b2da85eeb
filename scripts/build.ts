/**
 * `bun run build [--target bun-linux-arm64 …]`: the app, the files around it, and dist/parley, one
 * self-contained executable for this machine or for each target that is named.
 */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { say, step } from "./say";
import { printExecutable, printSizes } from "./sizes";

const FILES = "build/files";

/** Compiles the Remix app and stages the files that pages and migrations need beside it. */
export async function buildApp(): Promise<void> {
  rmSync("build", { recursive: true, force: true });
  rmSync("public/build", { recursive: true, force: true });
  await step(["remix", "build"], { NODE_ENV: "production" });
  await stageFiles();
  await Bun.write("build/parley.js", ENTRY);
}

/** The entry point; import.meta.dir is right on disk and in the executable. */
const ENTRY = `import { join } from "node:path";
import { main } from "./server.js";

await main(join(import.meta.dir, "files"));
`;

async function stageFiles(): Promise<void> {
  cpSync("drizzle", join(FILES, "drizzle"), { recursive: true });
  const { pageScripts } = (await import(resolve("build/server.js"))) as { pageScripts: string[] };
  // The compiler also emits chunks for routes in the browser, which no page links.
  const styles = (await readdir("public/build/_assets")).map((name) => `build/_assets/${name}`);
  const scripts = pageScripts.map((path) => path.slice(1));
  const icons = (await readdir("public", { withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
  for (const name of [...styles, ...scripts, ...icons]) {
    const read = await Bun.file(join("public", name)).bytes();
    const bytes = name.endsWith(".js") ? relocatable(name, read) : read;
    const staged = join(FILES, "public", name);
    await Bun.write(staged, bytes);
    if (!/\.(js|css|svg|webmanifest)$/.test(name)) continue;
    await Bun.write(`${staged}.br`, brotliCompressSync(bytes));
    await Bun.write(`${staged}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

/** Makes imports between scripts relative, so that they work under a sub-path. */
function relocatable(name: string, script: Uint8Array): Uint8Array {
  const toBuild = "../".repeat(name.split("/").length - 2) || "./";
  const text = new TextDecoder().decode(script);
  return new TextEncoder().encode(text.replaceAll('"/build/', `"${toBuild}`));
}

/** Puts everything into one executable; cross-compiling fetches the target's runtime. */
async function compile(target: string | undefined): Promise<void> {
  mkdirSync("dist", { recursive: true });
  const name = target ? `parley-${target.replace(/^bun-/, "")}` : "parley";
  const done = await Bun.build({
    entrypoints: ["build/parley.js"],
    minify: { syntax: true, whitespace: true },
    bytecode: true,
    format: "esm",
    target: "bun",
    define: { "process.env.NODE_ENV": '"production"' },
    compile: {
      outfile: `dist/${name}`,
      assets: [FILES],
      // The working directory may contain unrelated files of these names.
      autoloadDotenv: false,
      autoloadBunfig: false,
      // Bun refuses undefined here, and checks the name of the target.
      ...(target ? { target: target as Bun.Build.CompileTarget } : {}),
    },
  });
  for (const log of done.logs) say(String(log));
  if (!done.success) process.exit(1);
  printExecutable(`dist/${name}`);
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { target: { type: "string", multiple: true } } });
  await buildApp();
  printSizes(FILES, "build/server.js");
  for (const target of values.target ?? [undefined]) await compile(target);
}
