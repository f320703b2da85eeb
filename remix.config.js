/**
 * The classic compiler builds one server module (app/server.ts and the routes it serves) and the
 * browser script. Bare imports stay outside; `bun build --compile` takes them in later.
 * @type {import("@remix-run/dev").AppConfig}
 */
export default {
  appDirectory: "app",
  server: "./app/server.ts",
  serverBuildPath: "build/server.js",
  serverModuleFormat: "esm",
  serverPlatform: "node",
  serverMinify: false,
  tailwind: true,
  postcss: false,
  ignoredRouteFiles: ["**/.*", "**/*.test.*"],
  watchPaths: ["./tailwind.config.ts"],
  // Single fetch and lazy discovery stay off: without them *.data and /__manifest do not exist
  // (CVE-2026-34077, 42342, 55685). The rest is for navigation in the browser, which we do not have.
  future: {
    v3_fetcherPersist: false,
    v3_lazyRouteDiscovery: false,
    v3_relativeSplatPath: false,
    v3_singleFetch: false,
    v3_throwAbortReason: false,
  },
};
