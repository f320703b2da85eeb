import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, test } from "vitest";

/** Uses of avoided words that are right. `in` is the beginning of a path, `text` the whole name or text. */
const ALLOWED: { word: string; in: string; text?: RegExp; why: string }[] = [
  { word: "chat", in: "", text: /chat-?gpt/i, why: "a program whose exports are read" },
  { word: "chat", in: "app/ollama", why: "Ollama's API" },
  { word: "chat", in: "app/generation", why: "Ollama's API" },
  { word: "chat", in: "app/models", why: "Ollama's API" },
  { word: "chat", in: "app/transfer/open-webui", why: "a format of another program" },
  { word: "chat", in: "app/transfer/mapping.test", why: "a format of another program" },
  { word: "chat", in: "tests", why: "Ollama's API" },
  { word: "chat", in: "app/settings", text: /browser chat/, why: "what Parley is" },
  { word: "thread", in: "app/db", why: "worker threads" },
  { word: "session", in: "app/browser", text: /^sessionStorage$/, why: "the DOM" },
  { word: "sibling", in: "app/browser", text: /^nextElementSibling$/, why: "the DOM" },
  {
    word: "post",
    in: "",
    text: /^(?:hx-)?post$|^postMessage$|\bPOST\b|onmessage/i,
    why: "HTTP, workers",
  },
  { word: "post", in: "app/settings", text: /forms may post/, why: "HTTP" },
  { word: "completion", in: "app", text: /^completion$/, why: "a capability in Ollama's API" },
  { word: "task", in: "app/markdown", why: "task lists of Markdown" },
  { word: "task", in: "tests/process/files.test.ts", why: "tasks of Linux" },
  { word: "user", in: "", text: /^user$/, why: "the role of a message, an account of the system" },
  { word: "user", in: "app/transfer", text: /^user_/, why: "fields of other programs" },
  { word: "user", in: "app/errors", text: /Parley's user/, why: "an account of the system" },
  {
    word: "user",
    in: "app/db/open",
    text: /user of this process/,
    why: "an account of the system",
  },
  {
    word: "answer",
    in: "app/http/guard",
    text: /^Nothing here answers to/,
    why: "what an address does",
  },
  { word: "piece", in: "app/db", text: /^pieces$|^insert into pieces/, why: "the name of a table" },
  { word: "answer", in: "app/http/guard", text: /^Nothing here answers/, why: "what addresses do" },
  { word: "talk", in: "app/components/empty-home", text: /quiet place/, why: "what people do" },
  { word: "room", in: "tests/architecture", why: "the folders of app/" },
  { word: "room", in: "app/errors", text: /^Make room/, why: "free space on a disk" },
];

interface Use {
  file: string;
  line: number;
  /** The name or the text in which the words occur. */
  text: string;
  words: string[];
}

interface Avoided {
  word: string;
  /** Folders in which it is avoided; everywhere if there are none. */
  folders: string[];
  instead: string;
}

const rows = [...section("Words").matchAll(/^\| ([^|]+?) \| ([^|]+?) \| ([^|]*?) ?\|$/gm)].slice(2);
const avoided = rows.flatMap(([, word = "", , avoid = ""]) => avoidedWords(avoid, word));
const files = ["app", "scripts", "tests"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
);
const uses = [
  ...files.map((file) => ({ file, line: 0, text: file, words: wordsOf(file) })),
  ...files.filter((file) => /\.tsx?$/.test(file)).flatMap((file) => usesOfScript(file, read(file))),
  ...files
    .filter((file) => /^app\/.*\.css$/.test(file))
    .flatMap((file) => usesOfStyles(file, read(file))),
];

const usesByWord = new Map<string, Use[]>();
for (const use of uses) {
  for (const word of new Set(use.words)) {
    const known = usesByWord.get(word);
    if (known) known.push(use);
    else usesByWord.set(word, [use]);
  }
}

test("the glossary has words, meanings and words to avoid", () => {
  expect(rows.length).toBeGreaterThan(15);
  expect(avoided.length).toBeGreaterThan(15);
  const words = rows.flatMap(([, word = ""]) => word.split(", "));
  expect(new Set(words).size, "each word has one row").toBe(words.length);
  expect(
    avoided.filter(({ word, folders }) => folders.length === 0 && words.includes(word)),
  ).toEqual([]);
});

describe("avoided words", () => {
  const found = (rule: Avoided) =>
    [rule.word, plural(rule.word)]
      .flatMap((word) => usesByWord.get(word) ?? [])
      .filter(({ file }) => isIn(rule.folders, file));

  test.each(avoided)("$word is $instead", (rule) => {
    const wrong = found(rule)
      .filter((use) => !ALLOWED.some((allowed) => isAllowed(allowed, rule, use)))
      .map(({ file, line, text }) => `${file}:${line} ${text}`);
    expect(wrong).toEqual([]);
  });

  test("every allowed use occurs", () => {
    const unused = ALLOWED.filter(
      (allowed) =>
        !avoided.some((rule) => found(rule).some((use) => isAllowed(allowed, rule, use))),
    );
    expect(unused).toEqual([]);
  });
});

describe("the judge of these tests", () => {
  test("splits names of every kind, and knows plurals", () => {
    expect(wordsOf("useLiveAnswers PAGE_BYTES-inHTMLText #queue2s")).toEqual(
      "use live answers page bytes in html text queue s".split(" "),
    );
    expect(["alias", "reply", "key"].map(plural)).toEqual(["aliases", "replies", "keys"]);
  });

  test("reads the words to avoid, and where", () => {
    expect(avoidedWords("chat, waiting (in app/a, app/b)", "word")).toEqual([
      { word: "chat", folders: [], instead: "word" },
      { word: "waiting", folders: ["app/a", "app/b"], instead: "word" },
    ]);
    expect(isIn(["app/a"], "app/a/b.ts")).toBe(true);
    expect(isIn(["app/a"], "app/ab.ts")).toBe(false);
  });

  test("finds names and texts, and no addresses of modules", () => {
    const code = 'import { a } from "./b"; export const cD = <p title="e">f {`g`} {h}</p>;';
    const found = usesOfScript("app/x.tsx", code).flatMap(({ words }) => words);
    expect(found).toEqual("c d p title e f g h p".split(" "));
  });
});

function isIn(folders: readonly string[], file: string): boolean {
  return folders.length === 0 || folders.some((folder) => file.startsWith(`${folder}/`));
}

function isAllowed(allowed: (typeof ALLOWED)[number], { word }: Avoided, use: Use): boolean {
  if (allowed.word !== word || !use.file.startsWith(allowed.in)) return false;
  return allowed.text === undefined || allowed.text.test(use.text);
}

function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

/** The words of a name or a text, in lower case. */
function wordsOf(text: string): string[] {
  return text
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean);
}

/** "post, waiting (in app/ollama, app/live)" as its words. */
function avoidedWords(list: string, instead: string): Avoided[] {
  return [...list.matchAll(/([\w-]+)(?: \(in ([^)]*)\))?/g)].map(([, word = "", folders]) => ({
    word,
    folders: folders?.split(", ") ?? [],
    instead,
  }));
}

function read(file: string): string {
  return readFileSync(file, "utf8");
}

function section(title: string): string {
  return read("CONTRIBUTING.md").split(`## ${title}\n`)[1]?.split("\n## ")[0] ?? "";
}

/** The names of a file, and those of its texts that people may read: all strings of app/ but addresses of modules. */
function usesOfScript(file: string, code: string): Use[] {
  const found: Use[] = [];
  const source = ts.createSourceFile(
    file,
    code,
    ts.ScriptTarget.Latest,
    true,
    file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    const text = isName(node) || (isShown(file) && isText(node)) ? node.text : undefined;
    if (text !== undefined) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push({ file, line: line + 1, text: text.trim().slice(0, 100), words: wordsOf(text) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isName(node: ts.Node): node is ts.Identifier | ts.PrivateIdentifier {
  return ts.isIdentifier(node) || ts.isPrivateIdentifier(node);
}

function isText(node: ts.Node): node is ts.JsxText | ts.LiteralLikeNode {
  return ts.isJsxText(node) || ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
}

/** Whether people may read the texts of a file. Sample content is free. */
function isShown(file: string): boolean {
  return file.startsWith("app/") && !/\.test\.|\/testing\/|\/patterns\/|\/demo\//.test(file);
}

function usesOfStyles(file: string, styles: string): Use[] {
  return styles.split("\n").flatMap((line, index) =>
    [...line.matchAll(/(?:\.|--)[a-z][\w-]+/g)].map(([text]) => ({
      file,
      line: index + 1,
      text,
      words: wordsOf(text),
    })),
  );
}
