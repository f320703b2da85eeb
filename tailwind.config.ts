import type { Config } from "tailwindcss";
import plugin from "tailwindcss/plugin";
import { dark, FADING, light, type Tokens } from "./app/components/tokens";

const variables = (tokens: Tokens) =>
  Object.fromEntries(Object.entries(tokens).map(([name, colour]) => [`--${name}`, colour]));

/** The themes as CSS variables. Dark is for screens only: paper is always light. */
const themes = plugin(({ addBase }) => {
  const darkly = { ...variables(dark), "color-scheme": "dark" };

  addBase({ ":root": { ...variables(light), "color-scheme": "light" } });
  addBase({ "@media screen": { "[data-theme=dark]": darkly } });
  addBase({
    "@media screen and (prefers-color-scheme: dark)": { "[data-theme=default]": darkly },
  });
  // A variable fades only when its type is known.
  for (const name of FADING)
    addBase({
      [`@property --${name}`]: {
        syntax: '"<color>"',
        inherits: "true",
        "initial-value": light[name],
      },
    });
  addBase({
    "@media (prefers-reduced-motion: no-preference)": {
      ":root": { transition: FADING.map((name) => `--${name} 150ms`).join(", ") },
    },
  });
});

/** What Tailwind's own plugins say only with a block of variables on every element, or not at all. */
const own = plugin(({ addUtilities }) => {
  addUtilities({
    ".shadow-menu": { "box-shadow": "0 4px 16px rgb(0 0 0 / 16%)" },
    ".tabular-nums": { "font-variant-numeric": "tabular-nums" },
    ".wrap-anywhere": { "overflow-wrap": "anywhere" },
  });
});

/**
 * Words that may be classes: those of `className` and of constants named LOOK, LOOKS or *_LOOK. Any other word
 * ("table" in a comment, "hidden" as the type of an input) would become a class as well.
 */
function classesIn(source: string): string[] {
  const places = source.matchAll(/\bclassName=("[^"]*"|\{)|\b(?:[A-Z_]+_)?LOOKS?\b[^=\n]*= */g);
  return [...places].flatMap(({ 0: text, 1: value, index }) =>
    value?.startsWith('"')
      ? value.slice(1, -1).split(/\s+/)
      : stringsIn(expressionAt(source, value ? index + text.length - 1 : index + text.length)),
  );
}

/** An expression up to the brace that closes it, or to the semicolon behind it. */
function expressionAt(source: string, start: number): string {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    if (source[at] === "{") depth++;
    if (source[at] === "}" && --depth === 0) return source.slice(start, at);
    if (source[at] === ";" && depth === 0) return source.slice(start, at);
  }
  return source.slice(start);
}

function stringsIn(expression: string): string[] {
  return [...expression.matchAll(/"([^"]*)"|`([^`]*)`/g)].flatMap(([, quoted, template = ""]) =>
    (quoted ?? template).split(/[\s${}"]+/),
  );
}

/** Tailwind's names are the tokens of the design; the themes change only the variables. */
export default {
  content: { files: ["./app/{components,routes,pages}/**/*.tsx"], extract: { tsx: classesIn } },
  // Each of these puts its variables on every element of every page.
  corePlugins: {
    backdropFilter: false,
    borderSpacing: false,
    boxShadow: false,
    contain: false,
    filter: false,
    fontVariantNumeric: false,
    gradientColorStops: false,
    ringWidth: false,
    scrollSnapType: false,
    touchAction: false,
    transform: false,
    translate: false,
    rotate: false,
    scale: false,
    skew: false,
  },
  theme: {
    colors: {
      ...Object.fromEntries(Object.keys(light).map((name) => [name, `var(--${name})`])),
      hover: "var(--hover)",
      "accent-hover": "color-mix(in srgb, var(--accent) 88%, var(--ink))",
      transparent: "transparent",
      current: "currentColor",
    },
    fontSize: {
      "2xs": "0.75rem",
      xs: "0.8125rem",
      sm: "0.875rem",
      md: "0.9375rem",
      base: "1rem",
      lg: "1.0625rem",
      xl: "1.125rem",
      "2xl": "1.5rem",
      "4xl": "2.25rem",
    },
    // 10 px on surfaces, 6 px on controls.
    borderRadius: {
      none: "0",
      mark: "4px",
      control: "6px",
      frame: "8px",
      surface: "10px",
      full: "50%",
    },
    screens: {
      narrow: { max: "599px" },
      wide: "900px",
      touch: { raw: "(pointer: coarse)" },
      low: { raw: "(max-height: 360px)" },
    },
    extend: {
      spacing: { gutter: "var(--gutter)", screen: "var(--screen)" },
      width: { column: "min(var(--measure), 100% - 2 * var(--gutter))" },
      maxWidth: { measure: "var(--measure)", place: "calc(100% - 2 * var(--gutter))" },
    },
  },
  plugins: [themes, own],
} satisfies Config;
