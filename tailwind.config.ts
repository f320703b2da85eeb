import type { Config } from "tailwindcss";
import plugin from "tailwindcss/plugin";
import { dark, FADING, light, type Tokens } from "./app/components/tokens";

const variables = (tokens: Tokens) =>
  Object.fromEntries(Object.entries(tokens).map(([name, colour]) => [`--${name}`, colour]));

/** The themes as CSS variables. Dark is for screens only: print is always light. */
const themes = plugin(({ addBase }) => {
  const darkTheme = { ...variables(dark), "color-scheme": "dark" };

  addBase({ ":root": { ...variables(light), "color-scheme": "light" } });
  addBase({ "@media screen": { "[data-theme=dark]": darkTheme } });
  addBase({
    "@media screen and (prefers-color-scheme: dark)": { "[data-theme=default]": darkTheme },
  });
  // Only variables with a type can fade.
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

/** Utilities that Tailwind lacks, or has only with variables on every element. */
const utilities = plugin(({ addUtilities }) => {
  addUtilities({
    ".shadow-menu": { "box-shadow": "0 4px 16px rgb(0 0 0 / 16%)" },
    ".tabular-nums": { "font-variant-numeric": "tabular-nums" },
    ".wrap-anywhere": { "overflow-wrap": "anywhere" },
    // Touch targets need 44 px.
    ".tap": { "@media (pointer: coarse)": { "min-width": "2.75rem", "min-height": "2.75rem" } },
  });
});

/**
 * The class names in a source: in `className` and in constants named LOOK, LOOKS or *_LOOK. Otherwise any word would
 * become a class ("table" in a comment, "hidden" as the type of an input).
 */
function classesIn(source: string): string {
  const places = source.matchAll(
    /\bclassName=(?:"([^"]*)"|(?=\{))|\b(?:[A-Z_]+_)?LOOKS?\b[^=\n]*= */g,
  );
  return [...places]
    .map(({ 0: text, 1: names, index }) => names ?? stringsIn(source, index + text.length))
    .join("\n");
}

/** The strings of an expression that ends with the closing brace or at a semicolon. */
function stringsIn(source: string, start: number): string {
  const braced = source[start] === "{";
  let depth = 0;
  let end = start;
  for (; end < source.length; end++) {
    if (source[end] === "{") depth++;
    if (source[end] === "}" && --depth === 0 && braced) break;
    if (source[end] === ";" && depth === 0) break;
  }
  const strings = source.slice(start, end).matchAll(/"([^"]*)"|`([^`]*)`/g);
  return [...strings].map(([, plain, template]) => plain ?? template).join(" ");
}

/** Named after the design tokens; themes change only variables. */
export default {
  content: {
    files: ["./app/{components,routes,pages}/**/*.tsx"],
    transform: { tsx: classesIn },
    extract: { tsx: (names: string) => names.split(/[\s"`${}]+/) },
  },
  // Each of these sets variables on every element.
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
      "alarm-line": "color-mix(in srgb, var(--alarm) 50%, var(--line))",
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
      fingers: { raw: "(hover: none) and (pointer: coarse)" },
      low: { raw: "(max-height: 360px)" },
    },
    extend: {
      spacing: { gutter: "var(--gutter)", 22: "5.5rem" },
      height: { screen: "var(--screen)" },
      minHeight: { screen: "var(--screen)" },
      lineHeight: { 11: "2.75rem" },
      borderWidth: { 3: "3px" },
      width: { column: "min(var(--measure), 100% - 2 * var(--gutter))" },
      maxWidth: { measure: "var(--measure)", place: "calc(100% - 2 * var(--gutter))" },
    },
  },
  plugins: [themes, utilities],
} satisfies Config;
