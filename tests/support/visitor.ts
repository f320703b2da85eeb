/** Requests as a browser on Parley's own page sends them. */
export interface Visitor {
  /** A request for a path of the origin; redirects are not followed. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** The text of a page once its document has ended. */
  page(path: string, headers?: HeadersInit): Promise<string>;
  /** Sends a form. */
  post(path: string, fields: Record<string, string>, headers?: HeadersInit): Promise<Response>;
  /** Begins a conversation and gives its path. */
  start(prompt: string, model?: string): Promise<string>;
}

/** Takes a request to where it goes. */
export type Send = (address: URL, init: RequestInit) => Promise<Response>;

/** Visits the Parley at `url`, which includes the base path. Paths do too, as pages and redirects give them. */
export function visitor(url: string, send: Send = fetch): Visitor {
  const base = new URL(url).pathname.replace(/\/$/, "");
  const own = { "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate" };
  const self: Visitor = {
    fetch: (path, init = {}) =>
      send(new URL(path, url), {
        redirect: "manual",
        ...init,
        headers: { ...own, ...Object.fromEntries(new Headers(init.headers)) },
      }),
    page: async (path, headers = {}) => (await self.fetch(path, { headers })).text(),
    post: (path, fields, headers = {}) =>
      self.fetch(path, { method: "POST", body: new URLSearchParams(fields), headers }),
    async start(prompt, model = "gemma3:4b") {
      const response = await self.post(`${base}/conversations`, { prompt, model });
      const location = response.headers.get("location");
      if (response.status === 303 && location) return location;
      throw new Error(`not started: ${response.status} ${await response.text()}`);
    },
  };
  return self;
}
