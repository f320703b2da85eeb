const OPERATORS: [example: string, meaning: string][] = [
  ["high tide", "both words, anywhere in a message"],
  ['"high tide"', "side by side, in this order"],
  ["tid*", "words that begin so; the last word is taken for a beginning by itself"],
  ["tide -moon", "the one without the other"],
  ["model:qwen3", "written by a model whose name begins so"],
  ["after:2026-03", "from March 2026 on; a year and a day work too"],
  ["before:2026-05", "up to the end of April 2026: the day, month or year itself is left out"],
  ["is:pinned, is:archived", "in conversations that are pinned, or archived"],
  ["has:code, has:file", "with a block of code, or with a file"],
];

/** What one can write into the search box, folded. */
export function SearchHelp() {
  return (
    <details className="search-help">
      <summary>What one can search for</summary>
      <dl>
        {OPERATORS.map(([example, meaning]) => (
          <div key={example}>
            <dt>
              <code>{example}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
