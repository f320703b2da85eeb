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

/** Tailwind's colour names are the tokens of the design; the themes change only the variables. */
export default {
  content: ["./app/**/*.{ts,tsx}", "!./app/**/*.test.*"],
  // Only what a one-off needs: the places have classes of their own in app/components/styles, and
  // Tailwind takes any word of a comment ("table", "filter") for a class.
  corePlugins: [
    "preflight",
    "accessibility",
    "margin",
    "padding",
    "gap",
    "maxWidth",
    "flexWrap",
    "alignItems",
    "justifyContent",
    "fontSize",
    "fontWeight",
    "textAlign",
    "textColor",
    "backgroundColor",
  ],
  theme: {
    extend: {
      colors: Object.fromEntries(Object.keys(light).map((name) => [name, `var(--${name})`])),
      maxWidth: { measure: "68ch" },
      screens: { wide: "900px" },
    },
  },
  plugins: [themes],
} satisfies Config;
