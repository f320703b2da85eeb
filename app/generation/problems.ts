import type { Problem } from "~/errors";
import type { FailureCode } from "~/ollama/failure";

export type GenerationFault = FailureCode | "own-fault";

const PROBLEMS: Record<GenerationFault, (model: string) => Omit<Problem, "code" | "detail">> = {
  unreachable: () => ({
    sentence: "Ollama could not be reached.",
    next: "Start it, then try again; your prompt is kept.",
  }),
  refused: () => ({
    sentence: "Ollama answers, but refuses Parley.",
    next: "Let it accept the name that it is asked by, or point --ollama at its own address.",
  }),
  "model-gone": (model) => ({
    sentence: `The host has no model ${model}.`,
    next: `Pick another model, or get it with: ollama pull ${model}`,
  }),
  "not-a-chat-model": (model) => ({
    sentence: `${model} cannot hold a conversation.`,
    next: "Pick another model.",
  }),
  "no-thinking": (model) => ({
    sentence: `${model} cannot think before it answers.`,
    next: "Try again, or pick another model.",
  }),
  "no-vision": (model) => ({
    sentence: `${model} cannot see the pictures of this conversation.`,
    next: "Pick a model that sees.",
  }),
  "context-exceeded": (model) => ({
    sentence: `The conversation is longer than ${model} can take in.`,
    next: "Shorten the prompt, begin a new conversation, or pick a model with a longer context.",
  }),
  "out-of-memory": (model) => ({
    sentence: `${model} does not fit into the memory of the host.`,
    next: "Pick a smaller model, or free memory and try again.",
  }),
  busy: () => ({
    sentence: "Ollama was too busy to take the prompt, however often it was asked.",
    next: "Try again later, or let it do fewer things at a time.",
  }),
  "sign-in": (model) => ({
    sentence: `${model} runs in Ollama's cloud, and the host is not signed in.`,
    next: "Run `ollama signin` on the host, then try again.",
  }),
  limit: () => ({
    sentence: "The usage limit of Ollama's cloud is reached.",
    next: "Wait until it is renewed, or pick a model that runs on the host.",
  }),
  "model-broken": (model) => ({
    sentence: `Ollama could not load ${model}.`,
    next: `Get it again with: ollama pull ${model}`,
  }),
  "runner-died": () => ({
    sentence: "Ollama broke off while it was writing.",
    next: "Try again, or continue where it stopped.",
  }),
  cut: () => ({
    sentence: "The answer ended before it was complete.",
    next: "Continue where it stopped, or try again.",
  }),
  redirected: () => ({
    sentence: "Ollama's address leads to another one, and Parley does not follow.",
    next: "Point --ollama at the address that answers itself: a prompt is sent nowhere else.",
  }),
  garbled: () => ({
    sentence: "What answers at Ollama's address sent something that no Ollama sends.",
    next: "Check what --ollama points at; the details say what was wrong.",
  }),
  "said-no": () => ({
    sentence: "Ollama refused the prompt.",
    next: "The details have its reason.",
  }),
  "own-fault": () => ({
    sentence: "Parley failed while the answer was being written.",
    next: "Try again; the log has the details.",
  }),
};

const ANOTHER_MODEL: ReadonlySet<string> = new Set<GenerationFault>([
  "model-gone",
  "not-a-chat-model",
  "no-vision",
  "context-exceeded",
  "out-of-memory",
  "sign-in",
  "limit",
  "model-broken",
]);

export function wantsAnotherModel(code: string): boolean {
  return ANOTHER_MODEL.has(code);
}

export function generationProblem(code: string, model: string, detail: string | null): Problem {
  // Codes may come from an older database; only own keys are accepted.
  const known = Object.hasOwn(PROBLEMS, code) ? (code as GenerationFault) : "said-no";
  const problem = { code, ...PROBLEMS[known](model) };
  if (!detail) return problem;
  return known === "own-fault" ? { ...problem, id: detail } : { ...problem, detail };
}
