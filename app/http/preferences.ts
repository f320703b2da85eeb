import type { Theme } from "~/components/theme-switch";
import type { Services } from "~/pages/context";

/** What a browser remembers between requests. None of it is a secret, and none of it is trusted. */
export interface Preferences {
  theme: Theme;
  /** The model that was sent to last. */
  model: string | undefined;
  /** The browser script has said that it runs. */
  scripted: boolean;
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Set by app/browser/page.ts; read here. */
const SCRIPTED = "parley-script";
const THEME = "parley-theme";
const MODEL = "parley-model";

export function readPreferences(request: Request): Preferences {
  const cookies = new Bun.CookieMap(request.headers.get("cookie") ?? "");
  return {
    theme: themeFrom(cookies.get(THEME)),
    model: cookies.get(MODEL) ?? undefined,
    scripted: cookies.get(SCRIPTED) === "1",
  };
}

/** The theme that a form or a cookie names; anything unknown is the default. */
export function themeFrom(value: unknown): Theme {
  return value === "light" || value === "dark" ? value : "default";
}

export function themeCookie(theme: Theme, base: string): string {
  return cookie(THEME, theme, base);
}

/** The header that remembers which model a prompt was sent to; the demo is not remembered. */
export async function keepModel(
  { base, catalog }: Pick<Services, "base" | "catalog">,
  model: string | undefined,
): Promise<{ headers?: HeadersInit }> {
  if (!model || (await catalog.find(model))?.demo) return {};
  return { headers: { "Set-Cookie": cookie(MODEL, model, base) } };
}

function cookie(name: string, value: string, base: string): string {
  return new Bun.Cookie(name, value, {
    path: `${base}/`,
    maxAge: YEAR_SECONDS,
    sameSite: "lax",
    httpOnly: true,
  }).toString();
}

/** Takes back what the browser script had said. */
export function forgetScriptCookie(base: string): string {
  return new Bun.Cookie(SCRIPTED, "", { path: `${base}/`, maxAge: 0 }).toString();
}
