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
};
