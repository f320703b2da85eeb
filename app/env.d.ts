/** The Remix compiler turns a style sheet into its address. */
declare module "*.css" {
  const href: string;
  export default href;
}

declare module "htmx.org/dist/ext/hx-sse.js";

declare module "react-dom/server.browser" {
  export * from "react-dom/server";
}
