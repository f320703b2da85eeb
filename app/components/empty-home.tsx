import { COMPOSER_ID, Composer, type ComposerView } from "./composer";
import { AREA_LOOK } from "./field";
import { HostNotice, type HostView } from "./host-notice";
import { Wordmark } from "./icon";
import { Fold } from "./section";

const EXAMPLES = [
  "Explain the tides to a ten-year-old",
  "Plan three dinners around chickpeas",
  "Write a haiku about rain on a tin roof",
  "What does chmod 640 allow?",
];

const DEMO_EXAMPLES = [
  "I have been feeling restless lately",
  "Show me what formatting looks like",
  "Why should a machine listen to me?",
  "My brother never answers my letters",
];

interface EmptyHomeProps {
  composer: ComposerView;
  instructions: string;
  host: HostView;
  check: string;
}

/** The start page. */
export function EmptyHome({ composer, instructions, host, check }: EmptyHomeProps) {
  const demo = host.models.some((model) => model.demo && model.name === composer.model);

  return (
    <div className="welcome m-auto flex w-column flex-col gap-6 pb-16 pt-8">
      <h1 className="text-center text-4xl leading-none">
        <Wordmark />
      </h1>
      <p className="-mt-2 text-balance text-center text-quiet">
        A quiet place to talk with a model on your own machine.
      </p>
      <HostNotice host={host} check={check} missed={composer.away && composer.model} />
      <Composer view={composer} models={host.models} />
      <Instructions text={instructions} />
      <Examples
        action={composer.action}
        model={composer.model}
        prompts={demo ? DEMO_EXAMPLES : EXAMPLES}
      />
    </div>
  );
}

function Instructions({ text }: { text: string }) {
  const id = `${COMPOSER_ID}-instructions`;
  return (
    <Fold summary="Instructions for this conversation" open={text !== ""} className="-mt-5 px-2">
      <div className="flex flex-col gap-1">
        <label className="sr-only" htmlFor={id}>
          Instructions
        </label>
        <textarea
          className={AREA_LOOK}
          id={id}
          name="system"
          form={COMPOSER_ID}
          rows={3}
          dir="auto"
          defaultValue={text}
          aria-describedby={`${id}-hint`}
        />
        <p className="text-sm text-quiet" id={`${id}-hint`}>
          What the model is told before the conversation, in place of your defaults.
        </p>
      </div>
    </Fold>
  );
}

interface ExamplesProps {
  action: string;
  model?: string;
  prompts: string[];
}

/** Each example has its own form, so it does not submit the composer's text. */
function Examples({ action, model, prompts }: ExamplesProps) {
  return (
    <ul className="grid grid-cols-[repeat(auto-fit,minmax(15rem,1fr))] gap-2" aria-label="Examples">
      {prompts.map((prompt) => (
        <li key={prompt}>
          <form method="post" action={action}>
            {model ? <input type="hidden" name="model" value={model} /> : null}
            <button
              className="h-full min-h-11 w-full rounded-surface border border-edge px-4 py-2 text-start text-sm leading-[1.4] text-quiet hover:bg-raised hover:text-ink"
              type="submit"
              name="prompt"
              value={prompt}
            >
              {prompt}
            </button>
          </form>
        </li>
      ))}
    </ul>
  );
}
