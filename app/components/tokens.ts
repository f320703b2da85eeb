/** A colour for each role; tokens.test.ts checks contrasts. */
export type Tokens = Record<keyof typeof light, string>;

export const light = {
  paper: "#fbfaf7",
  raised: "#ffffff",
  sunken: "#f2f0ea",
  ink: "#1d1b18",
  quiet: "#67625a",
  line: "#dcd8cf",
  edge: "#8a847a",
  accent: "#0b6e63",
  "on-accent": "#ffffff",
  alarm: "#a3261d",
  "code-word": "#86356f",
  "code-text": "#4b671a",
  "code-number": "#944a0d",
  "code-name": "#2257a0",
};

export const dark: Tokens = {
  paper: "#171614",
  raised: "#201f1c",
  sunken: "#121110",
  ink: "#ece8e1",
  quiet: "#a39d92",
  line: "#35322d",
  edge: "#7a746a",
  accent: "#63c9bb",
  "on-accent": "#0d1f1c",
  alarm: "#ff9d92",
  "code-word": "#dfa2ce",
  "code-text": "#b3cd85",
  "code-number": "#e6b07c",
  "code-name": "#92bdee",
};

/** Colours that fade when the theme changes. */
export const FADING = ["paper", "raised", "sunken", "ink", "quiet", "line", "accent"] as const;
