export type Theme = "default" | "light" | "dark";

const WORDS: Record<Theme, string> = { default: "System", light: "Light", dark: "Dark" };
const THEMES: Theme[] = ["default", "light", "dark"];

export function ThemeSwitch({ base, theme }: { base: string; theme: Theme }) {
  return (
    <form
      className="themes flex rounded-frame border border-line p-0.5"
      method="post"
      action={`${base}/theme`}
      aria-label="Theme"
      // The theme is on the html element, which is not morphed.
      {...{ "hx-boost": "false" }}
    >
      {THEMES.map((value) => (
        <button
          className="min-h-7 flex-1 rounded-control border border-transparent text-xs text-quiet hover:text-ink aria-pressed:border-edge aria-pressed:bg-raised aria-pressed:text-ink tap"
          key={value}
          type="submit"
          name="theme"
          value={value}
          aria-pressed={value === theme}
        >
          {WORDS[value]}
        </button>
      ))}
    </form>
  );
}
