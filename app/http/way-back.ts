import { safeRedirect } from "remix-utils/safe-redirect";

/** The path and query of `address` if it is a page of ours, else the first page. */
export function wayBack(request: Request, address: string | null, base: string): string {
  const home = `${base}/`;
  const here = new URL(request.url);
  if (!address || !URL.canParse(address, here)) return home;
  const { origin, pathname, search } = new URL(address, here);
  if (origin !== here.origin || !pathname.startsWith(home)) return home;
  return safeRedirect(`${pathname}${search}`, home);
}

/** The page of ours that the request came from, else the first page. */
export function refererPage(request: Request, base: string): string {
  return wayBack(request, request.headers.get("referer"), base);
}
