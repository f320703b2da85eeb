import { existsSync } from "node:fs";

/** Debian installs it outside the PATH of ordinary users. */
const INSTALLED = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx"];

/** The path of nginx for tests behind a proxy; undefined if it is not installed. */
export function findNginx(): string | undefined {
  return Bun.which("nginx") ?? INSTALLED.find((file) => existsSync(file));
}
