import type { Config } from "tailwindcss";

const token = (name: string) => `var(--${name})`;

/** Tailwind's colour names are the tokens of the design; the themes change only the variables. */
export default {
  content: ["./app/**/*.{ts,tsx}"],
  corePlugins: { preflight: true },
  theme: {
    extend: {
      colors: {
        paper: token("paper"),
        raised: token("raised"),
        sunken: token("sunken"),
        ink: token("ink"),
        quiet: token("quiet"),
        line: token("line"),
        edge: token("edge"),
        accent: token("accent"),
        "on-accent": token("on-accent"),
        alarm: token("alarm"),
      },
      borderRadius: { surface: "10px", control: "6px" },
      maxWidth: { measure: "68ch" },
      screens: { wide: "900px" },
    },
  },
} satisfies Config;
