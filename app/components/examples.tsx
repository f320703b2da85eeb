interface ExamplesProps {
  action: string;
  model: string | undefined;
  prompts: string[];
}

/** Prompts to begin with. Each is a form of its own, so that none competes with the composer's text. */
export function Examples({ action, model, prompts }: ExamplesProps) {
  return (
    <ul className="examples" aria-label="Examples">
      {prompts.map((prompt) => (
        <li key={prompt}>
          <form method="post" action={action}>
            {model ? <input type="hidden" name="model" value={model} /> : null}
            <button type="submit" name="prompt" value={prompt}>
              {prompt}
            </button>
          </form>
        </li>
      ))}
    </ul>
  );
}
