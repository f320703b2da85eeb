import { longText, mathText, tableText, typescriptText, unsafeText } from "./texts";
import type { ChatBody, Scenario, ScriptedModel } from "./types";

/** Cuts a text into the chunks a model would send it in; together they are the text. */
export function chunksOf(text: string): string[] {
  return text.match(/\s*\S{1,6}|\s+$/gu) ?? [];
}

/** The last message of the role `user`. */
export function lastPrompt(chat: ChatBody): string {
  return chat.messages.findLast(({ role }) => role === "user")?.content ?? "";
}

/**
 * What a model says when nobody has scripted anything: always the same for the same request. When the
 * last message is the assistant's, it goes on from there, with new text only.
 */
export function defaultAnswer(
  chat: ChatBody,
  model: ScriptedModel,
): { thinking: string[]; chunks: string[] } {
  const begun = chat.messages.at(-1)?.role === "assistant" ? chat.messages.at(-1)?.content : "";
  const answer = chat.format ? jsonAnswer(chat) : markdownAnswer(chat);
  if (begun) return { thinking: [], chunks: chunksOf(continued(answer, begun)) };
  return { thinking: thinks(chat, model) ? chunksOf(thought(chat)) : [], chunks: chunksOf(answer) };
}

// gpt-oss cannot be told not to think.
function thinks({ think }: ChatBody, { capabilities, details }: ScriptedModel): boolean {
  return capabilities.includes("thinking") && (think !== false || details?.family === "gptoss");
}

/** The rest of an answer that was begun, or more of it when it has not begun like that. */
export function continued(answer: string, begun: string): string {
  if (answer.startsWith(begun) && answer !== begun) return answer.slice(begun.length);
  const trimmed = begun.trimEnd();
  if (answer.startsWith(trimmed) && answer !== trimmed) return answer.slice(trimmed.length);
  return " And so the answer goes on, to its end.";
}

function quoted(chat: ChatBody): string {
  const prompt = lastPrompt(chat).replace(/\s+/g, " ").trim();
  return prompt.length > 200 ? `${prompt.slice(0, 200)}…` : prompt;
}

function thought(chat: ChatBody): string {
  return `The person wrote: ${quoted(chat)}\n\nA short answer with a list should do.`;
}

function markdownAnswer(chat: ChatBody): string {
  const prompt = quoted(chat);
  const words = prompt.split(" ").filter(Boolean).length;
  const prompts = chat.messages.filter(({ role }) => role === "user").length;
  return [
    `You wrote: “${prompt}”`,
    "Here is what a **scripted model** has to say about it:",
    `- It has ${words} ${words === 1 ? "word" : "words"}.\n- Prompt ${prompts} of this conversation.\n- \`No\` real model was asked.`,
    "Ask again and the answer is the same.",
  ].join("\n\n");
}

function jsonAnswer(chat: ChatBody): string {
  return `{ "ok":true, "prompt":${JSON.stringify(quoted(chat))}}`;
}

/** What a word in the last prompt does, for those who try things by hand. */
export interface Word {
  word: string;
  sentence: string;
  scenario: Scenario;
}

const outOfMemory =
  "llama-server process has terminated: exit status 1: cudaMalloc failed: out of memory\nerror loading model: unable to allocate CUDA0 buffer";
const tooLong =
  '{"error":{"code":400,"message":"request (9079 tokens) exceeds the available context size (4096 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":9079,"n_ctx":4096}}';
const limit =
  "you (demo) have reached your session usage limit, upgrade for higher limits: https://ollama.com/upgrade (ref: 3f0c...)";
const signIn = "https://ollama.com/connect?name=nas&key=c3NoLWVkMjU1MTkgQUFBQUMz";
const runnerGone = "an error was encountered while running the model: unexpected EOF";
const busy = "server busy, please try again.  maximum pending requests exceeded";

const table: [word: string, sentence: string, scenario: Scenario][] = [
  ["/slow-load", "Loads the model for 8 seconds, silently.", { loadMs: 8000 }],
  ["/slow-prompt", "Evaluates the prompt for 5 seconds, silently.", { promptMs: 5000 }],
  ["/think", "Thinks for a long while before it answers.", { thinking: chunksOf(longText(250)) }],
  ["/long", "Writes 1,500 words.", { chunks: chunksOf(longText(1500)) }],
  ["/fast", "Writes 5,000 words as fast as they can be taken.", fast()],
  ["/code", "Writes a long block of TypeScript.", { chunks: chunksOf(typescriptText) }],
  ["/math", "Writes formulas.", { chunks: chunksOf(mathText) }],
  ["/table", "Writes a table.", { chunks: chunksOf(tableText) }],
  ["/html", "Writes markup that must not come alive.", { chunks: chunksOf(unsafeText) }],
  ["/length", "Stops at the limit of num_predict.", { end: "length" }],
  ["/error", "Fails after the text, with an error line.", { end: { error: runnerGone } }],
  ["/eof", "Ends after the text, without a done line.", { end: "eof" }],
  ["/cut", "Ends in the middle of a line.", { end: "cut-line" }],
  ["/reset", "Resets the connection after the text.", { end: "reset" }],
  ["/oom", "Fails to load for lack of memory.", refuse(500, outOfMemory, { loadMs: 1000 })],
  ["/busy", "Refuses because too many wait.", refuse(503, busy)],
  ["/too-long", "Refuses the prompt as too long.", tooLongScenario()],
  ["/limit", "Refuses because of a cloud limit.", refuse(429, limit)],
  ["/sign-in", "Refuses until somebody signs in.", signInScenario()],
  ["/forbidden", "Refuses without a word.", { refuse: { status: 403 } }],
];

/** Every word that a prompt may hold. */
export const words: Word[] = table.map(([word, sentence, scenario]) => ({
  word,
  sentence,
  scenario,
}));

/**
 * The scenario that a word in the last prompt asks for. An answer that is being continued goes on
 * without the failure that cut it.
 */
export function wordScenario(chat: ChatBody, model: ScriptedModel): Scenario | undefined {
  const said = lastPrompt(chat).split(/\s+/);
  const scenario = words.find(({ word }) => said.includes(word))?.scenario;
  const last = chat.messages.at(-1);
  if (!scenario || last?.role !== "assistant" || !last.content) return scenario;
  const {
    chunks = defaultAnswer({ ...chat, messages: chat.messages.slice(0, -1) }, model).chunks,
  } = scenario;
  return { chunks: chunksOf(continued(chunks.join(""), last.content)) };
}

function fast(): Scenario {
  return { chunks: chunksOf(longText(5000)), everyMs: 0 };
}

function refuse(status: number, error: string, before: Scenario = {}): Scenario {
  return { ...before, refuse: { status, error } };
}

function tooLongScenario(): Scenario {
  return { refuse: { status: 400, error: tooLong, contentType: "application/json" } };
}

function signInScenario(): Scenario {
  return { refuse: { status: 401, error: "unauthorized", fields: { signin_url: signIn } } };
}
