import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findNginx } from "../../scripts/nginx";
import { closedPort } from "./process";

/** A running nginx with one server. */
export interface Nginx extends AsyncDisposable {
  /** Its address, with the scheme that it serves. */
  readonly url: string;
}

/**
 * Starts nginx on a free loopback port. `location` holds the lines of its only location block; with `tls` it
 * uses a self-signed certificate.
 */
export async function startNginx(location: string, { tls = false } = {}): Promise<Nginx> {
  const nginx = findNginx();
  if (!nginx)
    throw new Error("nginx is not installed. `bun run test` installs it if run as root on Debian.");
  const folder = mkdtempSync(join(tmpdir(), "parley-nginx-"));
  try {
    if (tls) await makeCertificate(folder);
    const port = await closedPort();
    await Bun.write(join(folder, "nginx.conf"), configuration(port, location, tls));
    const command = [nginx, "-p", folder, "-c", join(folder, "nginx.conf"), "-e", "stderr"];
    const child = Bun.spawn(command, { stdio: ["ignore", "ignore", "pipe"] });
    await listening(port, child);
    return {
      url: `${tls ? "https" : "http"}://localhost:${port}`,
      async [Symbol.asyncDispose]() {
        child.kill();
        await child.exited;
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** A single process that writes only to its own folder. */
function configuration(port: number, location: string, tls: boolean): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `daemon off;
master_process off;
pid nginx.pid;
error_log stderr warn;
events {}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${name};`).join("\n  ")}
  client_max_body_size 70m;
  server {
    listen 127.0.0.1:${port}${tls ? " ssl" : ""};
    ${tls ? "ssl_certificate certificate.pem;\n    ssl_certificate_key key.pem;" : ""}
    location / {
      ${location}
    }
  }
}
`;
}

async function makeCertificate(folder: string): Promise<void> {
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const files = ["-keyout", join(folder, "key.pem"), "-out", join(folder, "certificate.pem")];
  const name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"];
  const command = ["openssl", "req", "-x509", ...key, ...name, ...files];
  const child = Bun.spawn(command, { stdio: ["ignore", "ignore", "pipe"] });
  if ((await child.exited) === 0) return;
  throw new Error(
    `openssl could not make a certificate: ${await new Response(child.stderr).text()}`,
  );
}

async function listening(port: number, child: Bun.Subprocess<"ignore", "ignore", "pipe">) {
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) {
      throw new Error(`nginx did not start: ${await new Response(child.stderr).text()}`);
    }
    const open = await Bun.connect({
      ...{ hostname: "127.0.0.1", port },
      socket: { data: () => {} },
    }).catch(() => undefined);
    if (open) return void open.end();
    await Bun.sleep(50);
  }
  child.kill();
  throw new Error("nginx did not start to listen");
}
