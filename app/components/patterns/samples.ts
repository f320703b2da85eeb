import type { Problem } from "~/errors";
import type { LiveStatus } from "~/generation/live-answer";
import type { AnswerView } from "../answer";
import type { ComposerNotesView } from "../composer-notes";
import type { ConversationLink } from "../conversation-entry";
import type { ConversationMenuView } from "../conversation-menu";
import type { FileView } from "../files";
import type { HostView } from "../host-notice";
import type { OtherAnswersView } from "../other-answers";
import type { SearchView } from "../search-results";
import type { SidebarView } from "../sidebar";

const NOON = new Date(2026, 10, 20, 12).getTime();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DEMO = { name: "eliza", demo: true, sees: false };

export const MODELS = [
  { name: "qwen3:8b", demo: false, sees: false },
  { name: "gemma3:27b-instruct-q4_K_M", demo: false, sees: true },
  DEMO,
];

export const READY: HostView = {
  state: "ready",
  address: "http://127.0.0.1:11434",
  demo: false,
  models: MODELS,
};

export const ABSENT: HostView[] = [
  { ...READY, state: "unreachable", demo: true, models: [DEMO] },
  { ...READY, state: "empty", models: [] },
  {
    ...READY,
    state: "odd",
    address: "http://gpu-box",
    reason: "The reply is a redirect to https://login.example.org.",
    models: [],
  },
  { ...READY, state: "refused", address: "http://gpu-box:11434", models: [] },
];

export function sampleSidebar(base: string): SidebarView {
  const row = (
    title: string,
    hoursAgo: number,
    more: Partial<ConversationLink> = {},
  ): ConversationLink => ({
    id: `c${hoursAgo}`,
    title,
    href: `${base}/patterns`,
    state: "quiet",
    current: false,
    pinned: false,
    updatedAt: NOON - hoursAgo * HOUR,
    ...more,
  });
  return {
    now: NOON,
    theme: "default",
    typed: "",
    conversations: [
      row("Packing list", 90, { pinned: true }),
      row("Bread without a mixer", 1, { state: "writing" }),
      row("Why the tides come twice a day", 2, { current: true }),
      row("Sailing from Saint-Malo to Guernsey with a crew that has never been at sea", 3),
      row("Taxes for a year in two countries", 20, { state: "interrupted" }),
      row("قصيدة عن البحر", 22),
      row("潮の満ち引き", 24),
      row("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk", 80),
      row("chmod, again", 200),
      row("Waiting for a slot", 0, { state: "queued" }),
      row("Out of memory", 5, { state: "failed" }),
    ],
  };
}

export function sampleMenu(id: string, title: string): ConversationMenuView {
  const menu = { id, title, pinned: false, archived: false };
  const files = { markdown: "#", json: "#" };
  return { ...menu, ...files, rename: "#", steering: "#", pin: "#", archive: "#", delete: "#" };
}

export const STATUSES: LiveStatus[] = [
  { state: "queued", place: 2 },
  { state: "loading", model: "qwen3:8b", seconds: 12 },
  { state: "asked", model: "qwen3:8b", seconds: 3 },
  { state: "thinking" },
  { state: "writing" },
];

export const THOUGHTS = `The person asks about tides, and wants it simple.
The usual picture is of one bulge under the Moon. But there are two, and that is what puzzles people: so begin with the difference of the pull, not with the pull.
Should I mention the Sun? Briefly, for springs and neaps.`;

/** A finished answer; `more` changes it into another state. */
export function sampleAnswer(
  id: string,
  blocks: string[],
  more: Partial<AnswerView> = {},
): AnswerView {
  return {
    role: "assistant",
    id,
    model: "qwen3:8b",
    demo: false,
    blocks,
    thinking: "",
    end: "finished",
    stats: {
      ...{ tokensPerSecond: 41.2, answerTokens: 312, firstTokenMs: 800, contextTokens: 4_096 },
      ...{ promptTokens: 1_204, promptTokensPerSecond: 812, loadMs: 1_234, totalMs: 9_100 },
      modelDigest: "500a1f067a9f782620b40bee6f7b0c89e17ae61f686b92c24933e4ca4b2b8b41",
      asked: "Thinking high, temperature 0.2",
    },
    actions: { regenerate: "#", anotherModel: "#", delete: "#" },
    ...more,
  };
}

export const PROBLEMS: Problem[] = [
  {
    code: "unreachable",
    sentence: "Ollama could not be reached.",
    next: "Start it, then try again; your prompt is kept.",
    detail: "connect ECONNREFUSED 127.0.0.1:11434",
  },
  {
    code: "model-gone",
    sentence: "The host has no model qwen3:8b.",
    next: "Pick another model, or get it with: ollama pull qwen3:8b",
  },
  {
    code: "out-of-memory",
    sentence: "gemma3:27b-instruct-q4_K_M does not fit into the memory of the host.",
    next: "Pick a smaller model, or free memory and try again.",
    detail:
      "model requires more system memory (18.1 GiB) than is available (9.4 GiB) /usr/share/ollama/.ollama/models/blobs/sha256-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  },
  {
    code: "own-fault",
    sentence: "Parley failed while the answer was being written.",
    next: "Try again; the log has the details.",
    id: "019aa3c1-6a52-7000-8f2c-5d1b7c1e42aa",
  },
];

export const NOTES: ComposerNotesView = {
  steering: { href: "#", words: "Instructions, thinking high, temperature 0.2" },
  prompts: "#",
  context: { tokens: 3_900, instructions: 0, given: 0, of: 4_096, tokensPerCharacter: 0.25 },
  note: "Thinking is set to high, but gemma3:4b cannot think before it answers: it is left to the model.",
};

const FILE = { size: 48_200, href: "#" };

/** A file of each kind, with difficult names. */
export const FILES: FileView[] = [
  {
    ...FILE,
    id: "f1",
    name: "tide at Saint-Malo.png",
    kind: "picture",
    thumbnail: { src: "/icon-192.png", width: 192, height: 192 },
  },
  { ...FILE, id: "f2", name: "almanac.pdf", kind: "pdf" },
  { ...FILE, id: "f3", name: "المد والجزر.csv", kind: "text" },
  {
    ...FILE,
    id: "f4",
    name: "heights above chart datum, hour by hour, of every harbour of the Channel.ts",
    kind: "text",
  },
];

export const LONG_PROMPT = Array.from(
  { length: 24 },
  (_, hour) => `${String(hour).padStart(2, "0")}:00  ${(6 * Math.cos(hour / 2)).toFixed(1)} m`,
).join("\n");

export const WAITING = [
  { id: "w1", text: "And at neap tide?", files: [], edit: "#", withdraw: "#", send: "#" },
  { id: "w2", text: LONG_PROMPT, files: ["tides.png"], edit: "#", withdraw: "#", send: "#" },
  { id: "w3", text: "ما هو المد والجزر؟", files: [], edit: "#", withdraw: "#", send: "#" },
];

export const OTHERS: OtherAnswersView = {
  count: 7,
  queued: false,
  answers: [
    { id: "o1", model: "qwen3:8b", prompt: "And at neap tide?", show: "#", stop: "#" },
    {
      id: "o2",
      model: "gemma3:27b-instruct-q4_K_M",
      prompt: LONG_PROMPT.slice(0, 200),
      show: "#",
      stop: "#",
    },
    { id: "o3", model: "qwen3:8b", prompt: "ما هو المد والجزر؟", show: "#", stop: "#" },
  ],
  stopAll: "#",
};

export const NOTHING_FOUND: SearchView = {
  typed: "high tide",
  titles: [],
  messages: [],
  misread: [],
  sensible: true,
  incomplete: false,
  now: NOON,
};

const plain = (text: string) => ({ text, hit: false });
const hit = (text: string) => ({ text, hit: true });

export const FOUND: SearchView = {
  ...NOTHING_FOUND,
  titles: [
    {
      id: "t1",
      href: "#",
      title: [plain("Why the "), hit("high tide"), plain(" comes twice a day")],
      archived: false,
      updatedAt: NOON - 3_600_000,
    },
    { id: "t2", href: "#", title: [hit("潮")], archived: true, updatedAt: NOON - 90 * DAY },
  ],
  moreTitles: "#",
  messages: [
    {
      id: "m1",
      href: "#",
      title: "Why the tides come twice a day",
      by: "gemma3:27b-instruct-q4_K_M",
      archived: false,
      createdAt: NOON - 7_200_000,
      snippet: [
        plain("… the water rises towards the Moon and away from it, and "),
        hit("high tide"),
        plain(" follows about fifty minutes later each day. ```ts const wait = 50 * MINUTE ``` …"),
      ],
    },
    {
      id: "m2",
      href: "#",
      title: "قصيدة عن البحر",
      by: "You",
      archived: true,
      createdAt: NOON - 200 * DAY,
      snippet: [plain("متى يكون "), hit("المد"), plain(" العالي؟")],
    },
  ],
  more: "#",
};
