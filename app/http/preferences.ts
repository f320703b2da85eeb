import type { Theme } from "~/components/theme-switch";

/** What a browser remembers between requests: not secret, and not trusted. */
export interface Preferences {
  theme: Theme;
  model: string | undefined;
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

/** The theme of a form or a cookie; the default for an unknown one. */
export function themeFrom(value: unknown): Theme {
  return value === "light" || value === "dark" ? value : "default";
}

export function themeCookie(theme: Theme, base: string): string {
  return cookie(THEME, theme, base);
}

export function modelCookie(model: string, base: string): string {
  return cookie(MODEL, model, base);
}

function cookie(name: string, value: string, base: string): string {
  return new Bun.Cookie(name, value, {
    path: `${base}/`,
    maxAge: YEAR_SECONDS,
    sameSite: "lax",
    httpOnly: true,
  }).toString();
}

export function forgetScriptCookie(base: string): string {
  return new Bun.Cookie(SCRIPTED, "", { path: `${base}/`, maxAge: 0 }).toString();
}
