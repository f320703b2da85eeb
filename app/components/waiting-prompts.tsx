import { COMPOSER_ID } from "./composer";
import { ComposerButton } from "./composer-button";

/** Prompts that wait in a conversation, in order. */
export interface WaitingView {
  prompts: WaitingPromptView[];
  /** Why they hold, where no answer is being written that they wait for. */
  held?: string;
}

export interface WaitingPromptView {
  id: string;
  text: string;
  /** Names of what is attached. */
  files: string[];
  edit: string;
  withdraw: string;
  /** Present where it holds. */
  send?: string;
}

interface WaitingPromptsProps {
  view: WaitingView;
  /** The id of the composer on this page. */
  form?: string;
}

/** Prompts that wait for the answer above them, in order. */
export function WaitingPrompts({
  view: { prompts, held },
  form = COMPOSER_ID,
}: WaitingPromptsProps) {
  const action = (to: string, word: string) => (
    <ComposerButton form={form} action={to} look="quiet">
      {word}
    </ComposerButton>
  );
  return (
    <section className="waiting" aria-label="Waiting prompts">
      <p className="waiting-why">{held ?? "Will be sent when the answer is finished:"}</p>
      <ol>
        {prompts.map(({ id, text, files, edit, withdraw, send }) => (
          <li key={id}>
            <p className="waiting-text" dir="auto">
              {text}{" "}
              {files.length > 0 ? <span className="waiting-files">{files.join(", ")}</span> : null}
            </p>
            <div className="actions">
              {send ? action(send, "Send now") : null}
              <a className="quiet" href={edit}>
                Edit
              </a>
              {action(withdraw, "Withdraw")}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Says in a document that streams that the prompts shown before wait no longer. */
export function NoneWaiting() {
  return <div className="waiting" />;
}
