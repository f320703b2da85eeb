import { existsSync } from "node:fs";

/** Where it lies that `PATH` may not name: Debian keeps it from people who are not root. */
const INSTALLED = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx"];

/** The nginx that tests put before Parley; undefined where there is none. */
export function findNginx(): string | undefined {
  return Bun.which("nginx") ?? INSTALLED.find((file) => existsSync(file));
}
