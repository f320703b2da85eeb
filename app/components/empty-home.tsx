import { COMPOSER_ID, Composer, type ComposerView } from "./composer";
import { Examples } from "./examples";
import { HostNotice, type HostView } from "./host-notice";
import { Wordmark } from "./wordmark";

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
  /** This page's own address, for "Check again". */
  check: string;
}

/** The first page: the name, one sentence, the composer, a few ways to begin. */
export function EmptyHome({ composer, instructions, host, check }: EmptyHomeProps) {
  const demo = host.models.some((model) => model.demo && model.name === composer.model);

  return (
    <div className="welcome">
      <h1>
        <Wordmark />
      </h1>
      <p className="welcome-sentence">A quiet place to talk with a model on your own machine.</p>
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

/** What the model is told before the conversation: a part of the composer's form that most leave folded. */
function Instructions({ text }: { text: string }) {
  const id = `${COMPOSER_ID}-instructions`;
  return (
    <details className="more instructions" open={text !== ""}>
      <summary>Instructions for this conversation</summary>
      <div className="field area">
        <label className="sr-only" htmlFor={id}>
          Instructions
        </label>
        <textarea
          id={id}
          name="system"
          form={COMPOSER_ID}
          rows={3}
          dir="auto"
          defaultValue={text}
          aria-describedby={`${id}-hint`}
        />
        <p className="field-hint" id={`${id}-hint`}>
          What the model is told before the conversation, in place of your defaults.
        </p>
      </div>
    </details>
  );
}
