import type { ModelChoice } from "./model-picker";
import { modelLabel } from "./model-picker";
import { SteeringForm, type SteeringView } from "./steering-form";

export interface SettingsView {
  form: SteeringView;
  models: (Pick<ModelChoice, "name" | "demo"> & {
    href: string;
    /** It is not on this host. */
    gone: boolean;
    /** What is set for it. */
    words?: string;
  })[];
  /** What else is the person's own. */
  links: { href: string; word: string; meaning: string }[];
}

/** The person's settings. */
export function Settings({ view }: { view: SettingsView }) {
  return (
    <div className="settings">
      {view.links.length > 0 ? (
        <ul className="settings-list">
          {view.links.map(({ href, word, meaning }) => (
            <li key={href}>
              <a href={href}>{word}</a>
              <span>{meaning}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <section>
        <h2>Defaults for every model</h2>
        <SteeringForm view={view.form} />
      </section>
      <section>
        <h2>Defaults for one model</h2>
        {view.models.length === 0 ? <p className="nothing">No model yet.</p> : null}
        <ul className="settings-list">
          {view.models.map((model) => (
            <li key={model.name}>
              <a href={model.href}>{modelLabel(model)}</a>
              <span>
                {[model.gone ? "not on this host" : "", model.words ?? ""]
                  .filter(Boolean)
                  .join(" · ") || "nothing set"}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
