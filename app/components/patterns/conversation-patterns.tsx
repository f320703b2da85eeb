import { Answer } from "../answer";
import { Composer, type ComposerView } from "../composer";
import { DeleteMessage } from "../delete-message";
import { LiveAnswer, StatusLine } from "../live-answer";
import { MessageList, type MessageView } from "../message-list";
import { OtherAnswers } from "../other-answers";
import { PlainMessage } from "../plain-message";
import { WaitingPrompts } from "../waiting-prompts";
import * as blocks from "./blocks";
import { Pattern } from "./pattern";
import {
  FILES,
  LONG_PROMPT,
  MODELS,
  NOTES,
  OTHERS,
  PROBLEMS,
  STATUSES,
  sampleAnswer,
  THOUGHTS,
  WAITING,
} from "./samples";

const FORMATS = [
  blocks.HEADINGS,
  blocks.ORDERED,
  blocks.QUOTE,
  blocks.CODE_PY,
  blocks.CODE_CSS,
  blocks.CODE_XML,
  blocks.CODE_DIFF,
  blocks.CODE_SH,
  blocks.TABLE,
  blocks.MATH,
  blocks.LONG_WORD,
  blocks.IMAGE,
  blocks.ARABIC,
  blocks.ARABIC_LIST,
  blocks.CJK,
];

/** Turns, all Markdown, forms in place of messages, files. */
export function ConversationPatterns() {
  return (
    <>
      <Pattern name="A conversation">
        <MessageList later={{ next: "#", end: "#" }} messages={CONVERSATION} />
      </Pattern>
      <Pattern name="What an answer may hold">
        <Answer answer={sampleAnswer("p7", FORMATS)} />
      </Pattern>
      <Pattern name="A prompt in other words, and an answer from another model">
        <PlainMessage
          message={{
            role: "user",
            id: "p9",
            text: "Why twice a day?",
            editing: { ...FORM, problem: EMPTY },
          }}
        />
        <Answer answer={sampleAnswer("p10", [blocks.TIDES], { choosing: FORM })} />
      </Pattern>
      <Pattern name="Before messages go">
        <DeleteMessage isPrompt text={LONG_PROMPT} count={12} action="#" cancel="#" />
        <DeleteMessage isPrompt={false} text="Twice." count={1} action="#" cancel="#" />
      </Pattern>
      <Pattern name="A very long prompt">
        <PlainMessage message={{ role: "user", id: "p8", text: LONG_PROMPT }} />
      </Pattern>
      <Pattern name="A prompt with files">
        <PlainMessage message={{ role: "user", id: "p19", text: "Compare these.", files: FILES }} />
      </Pattern>
    </>
  );
}

const FORM = { action: "#", cancel: "#", models: MODELS, model: "qwen3:8b" };

const EMPTY = {
  code: "prompt-empty",
  sentence: "The prompt is empty.",
  next: "Write something, then send it.",
};

const CONVERSATION: MessageView[] = [
  { role: "system", id: "p0", text: "Answer briefly, and in plain words." },
  { role: "user", id: "p1", text: "Why do the tides come twice a day?" },
  sampleAnswer("p2", [blocks.TIDES, blocks.TIDES_LIST], { thinking: THOUGHTS }),
  { role: "user", id: "p3", text: "Show me in code.\nTypeScript, please." },
  sampleAnswer("p4", [blocks.CODE_TS, blocks.TIDES], {
    alternatives: { index: 2, count: 3, previous: "#", next: "#", from: "1" },
  }),
  {
    role: "user",
    id: "p5",
    text: "ما هو المد والجزر؟",
    actions: { edit: "#", delete: "#" },
    alternatives: { index: 1, count: 2, next: "#", from: "2" },
  },
  sampleAnswer("p6", [blocks.ARABIC], { model: "eliza", demo: true, stats: {} }),
];

/** Every state of a live answer. */
export function LiveAnswerPatterns() {
  return (
    <>
      <Pattern name="Before the first word">
        {STATUSES.map((status) => (
          <div key={status.state}>
            <StatusLine status={status} />
          </div>
        ))}
      </Pattern>
      <Pattern name="While the model thinks">
        <LiveAnswer
          answer={sampleAnswer("p9", [], { end: "live", thinking: `${THOUGHTS}\n\n`.repeat(3) })}
          status={{ state: "thinking" }}
          tail=""
        />
      </Pattern>
      <Pattern name="While it writes">
        <LiveAnswer
          answer={sampleAnswer("p10", [blocks.TIDES], { end: "live" })}
          status={{ state: "writing" }}
          tail="<ul><li>Spring tides come with a full or a new moon</li><li>Neap tides come wi</li></ul>"
        />
        <WaitingPrompts
          form="composer-live"
          view={{ prompts: WAITING.map(({ send, ...prompt }) => prompt) }}
        />
        <Composer
          id="composer-live"
          view={{ action: "#", prompt: "", model: "qwen3:8b", stop: "#" }}
          models={MODELS}
        />
      </Pattern>
    </>
  );
}

/** Live answers on other branches, and waiting prompts. */
export function BesidePatterns() {
  return (
    <>
      <Pattern name="What is being written elsewhere">
        <div className="messages">
          <OtherAnswers view={{ ...OTHERS, count: 1, answers: OTHERS.answers.slice(0, 1) }} />
        </div>
        <div className="messages">
          <OtherAnswers view={OTHERS} />
        </div>
      </Pattern>
      <Pattern name="What waits although nothing is written">
        <WaitingPrompts
          form="composer-empty"
          view={{
            prompts: WAITING,
            held: "The answer was stopped, so what was to follow waits for you.",
          }}
        />
      </Pattern>
    </>
  );
}

export function EndPatterns() {
  return (
    <Pattern name="How it ended">
      <div className="messages">
        <Answer answer={sampleAnswer("p11", [blocks.TIDES], { end: "stopped", ...CONTINUES })} />
        <Answer
          answer={sampleAnswer("p12", [blocks.TIDES], { end: "interrupted", ...CONTINUES })}
        />
        <Answer
          answer={sampleAnswer("p13", [blocks.TIDES], {
            end: "length",
            lost: { what: "turns", contextTokens: 4_096, options: "#" },
            ...CONTINUES,
          })}
        />
        {PROBLEMS.map((problem, index) => (
          <Answer
            key={problem.code}
            answer={sampleAnswer(`p2${index}`, index % 2 ? [] : [blocks.TIDES], {
              end: "failed",
              problem,
              stats: {},
              ...(index % 2 ? {} : CONTINUES),
            })}
          />
        ))}
      </div>
    </Pattern>
  );
}

const CONTINUES = { actions: { regenerate: "#", continue: "#" } };

export function ComposerPatterns() {
  return (
    <Pattern name="Composer">
      <Composer
        id="composer-empty"
        view={{ action: "#", prompt: "", model: "qwen3:8b", notes: NOTES }}
        models={MODELS}
      />
      <Composer id="composer-full" view={REFUSED_PROMPT} models={MODELS} />
      <Composer id="composer-files" view={REFUSED_FILES} models={MODELS} />
      <Composer id="composer-bare" view={{ action: "#", prompt: "" }} models={[]} />
    </Pattern>
  );
}

const REFUSED_PROMPT: ComposerView = {
  action: "#",
  prompt: `${LONG_PROMPT}\n`,
  model: "llama2:7b",
  problem: {
    code: "queue-full",
    sentence: "Too many answers are waiting.",
    next: "Send it again in a moment; the text is still here.",
  },
};

const REFUSED_FILES: ComposerView = {
  action: "#",
  prompt: "Compare these.",
  model: "qwen3:8b",
  problem: {
    code: "files-refused",
    sentence: "A file was not taken, so nothing was sent.",
    next: "Pictures (PNG, JPEG, WebP), PDFs and text are taken, up to 20 MiB each.",
  },
  refusedFiles: [
    { sentence: "dance.gif is a GIF picture.", next: "Save it as PNG or JPEG, then choose that." },
  ],
  kept: FILES,
};
