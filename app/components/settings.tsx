import type { ModelChoice } from "./model-picker";
import { modelLabel } from "./model-picker";
import { Section, Sections } from "./section";
import { SteeringForm, type SteeringView } from "./steering-form";

export interface SettingsView {
  form: SteeringView;
  models: (Pick<ModelChoice, "name" | "demo"> & {
    href: string;
    gone: boolean;
    words?: string;
  })[];
  links: { href: string; word: string; meaning: string }[];
}

export function Settings({ view }: { view: SettingsView }) {
  return (
    <Sections>
      {view.links.length > 0 ? (
        <LinkList links={view.links.map(({ word, ...link }) => ({ ...link, name: word }))} />
      ) : null}
      <Section title="Defaults for every model">
        <SteeringForm view={view.form} />
      </Section>
      <Section title="Defaults for one model">
        {view.models.length === 0 ? <p className="text-quiet">No model yet.</p> : null}
        <LinkList
          links={view.models.map((model) => ({
            href: model.href,
            name: modelLabel(model),
            meaning:
              [model.gone ? "not on this host" : "", model.words ?? ""]
                .filter(Boolean)
                .join(" · ") || "nothing set",
          }))}
        />
      </Section>
    </Sections>
  );
}

interface LinkListProps {
  links: { href: string; name: string; meaning: string }[];
}

function LinkList({ links }: LinkListProps) {
  return (
    <ul className="border-b border-line">
      {links.map(({ href, name, meaning }) => (
        <li
          className="flex min-h-11 flex-wrap items-center gap-x-4 border-t border-line py-1"
          key={href}
        >
          <a className="text-accent touch:inline-flex tap touch:items-center" href={href}>
            {name}
          </a>
          <span className="wrap-anywhere text-sm text-quiet">{meaning}</span>
        </li>
      ))}
    </ul>
  );
}
