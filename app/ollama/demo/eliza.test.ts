import { describe, expect, test } from "vitest";
import { converse } from "./eliza";
import { FROM_MEMORY, NO_WORDS, NOTHING_FITS, OTHER_SCRIPT, SAID_AGAIN } from "./rules";
import { matchPattern, parsePattern, rules } from "./script";
import { clausesOf, reflect } from "./words";

const words = (text: string) => text.split(" ");

describe("reflection", () => {
  test.each([
    ["my dog", "your dog"],
    ["I am yours", "you are mine"],
    ["I was there by myself", "you were there by yourself"],
    ["you are my friend", "I am your friend"],
    ["you hate me", "I hate you"],
    ["you to help me", "me to help you"],
    ["what you said", "what I said"],
    ["going with you", "going with me"],
    ["think of you all day", "think of me all day"],
    ["why am I here", "why are you here"],
    ["whether you were right", "whether I was right"],
    ["your idea is yours", "my idea is mine"],
    ["MY Berlin", "your Berlin"],
    ["a house by the sea", "a house by the sea"],
  ])("%s becomes %s", (said, turned) => {
    expect(reflect(words(said)).join(" ")).toBe(turned);
  });
});

describe("clauses", () => {
  test.each<[string, string[]]>([
    ["Hello, how are you?", ["Hello", "how are you"]],
    ["I'm here. You're not!", ["I am here", "You are not"]],
    ["I can’t, but I don't mind", ["I can't", "I don't mind"]],
    ["I cannot and I do not", ["I can't and I don't"]],
    ["it costs 3.50 at 10:30", ["it costs 3.50 at 10:30"]],
    ['say "hello" (twice) **now**', ["say hello twice now"]],
    ["one\ntwo - three…", ["one", "two", "three"]],
    ["What's 2+2?", ["What is 2 calculate 2"]],
    ["?!", []],
    ["", []],
  ])("%j", (message, expected) => {
    expect(clausesOf(message).map((clause) => clause.join(" "))).toEqual(expected);
  });
});

describe("patterns", () => {
  test.each<[string, string, string[] | undefined]>([
    ["* I am +", "today I am very tired", ["today", "very tired"]],
    ["* I am +", "I am", undefined],
    ["* I am *", "i AM", ["", ""]],
    ["* my mother/father +", "my father sings", ["", "father", "sings"]],
    ["* my mother/father +", "my fathers sing", undefined],
    ["nobody/everybody *", "Everybody in Ulm", ["everybody", "in Ulm"]],
    ["hello/hi eliza", "hi Eliza", ["hi"]],
  ])("%s on %s", (pattern, clause, expected) => {
    const parts = matchPattern(parsePattern(pattern, [], []), words(clause));
    expect(parts?.map((part) => part.join(" "))).toEqual(expected);
  });
});

describe("a single message", () => {
  test.each([
    ["Hello", /^Hello! I am eliza, a demo and not a model/],
    ["I need a holiday by the sea", /tomorrow|travel|pack|smell/],
    ["I want to go home.", "Suppose you could go home tomorrow: what then?"],
    ["I am a little lost in my town", "How long have you been a little lost in your town?"],
    ["I think you hate me!", "What makes you think that I hate you?"],
    ["My mother hates me", "What do you make of it, that your mother hates you?"],
    ["You annoy me", "What makes you think that I annoy you?"],
    ["Why don't you answer me?", "Do you think that I don't answer you?"],
    ["well, I can't sleep", "How do you know that you can't sleep?"],
    ["I don't vote", "Why don't you vote?"],
    ["Everybody laughs", "Truly everybody? Whom do you have in mind?"],
    ["It is always the same", "Really always?"],
    ["My name is Ada.", "Nice to meet you, Ada. What brings you here?"],
    ["thanks a lot!", /^You are welcome/],
    ["Thank you", /^You are welcome/],
    ["good night", /^Goodbye/],
    ["what is the weather like", /sky/],
    ["what is 17 * 23?", /^Counting is beyond me/],
    ["I have a headache and feel sick", /^Health is nothing for a handful of patterns/],
    ["yes", "I see. Please go on."],
    ["help", /show me a table/],
    ["why", "Why not?"],
  ])("%s", (said, answer) => {
    if (typeof answer === "string") expect(converse([said])).toBe(answer);
    else expect(converse([said])).toMatch(answer);
  });

  test.each([
    "Are you a model?",
    "are you an AI",
    "Hi, who are you?",
    "what are you",
    "Are you human?",
    "are you ChatGPT?",
    "You're just a robot",
    "What model are you?",
    "Do you understand me?",
  ])("%s is answered with what it is, and where Ollama is", (said) => {
    expect(converse([said])).toMatch(/demo/);
    expect(converse([said])).toMatch(/not a model|No model|understand nothing/);
    expect(converse([said])).toContain("https://ollama.com/download");
  });

  test.each(["How do I install Ollama?", "how can I get a real model", "llama?"])(
    "%s is answered with how to get Ollama",
    (said) => {
      expect(converse([said])).toContain("https://ollama.com/download");
      expect(converse([said])).toContain("`ollama pull llama3.2`");
    },
  );

  test.each([
    "I want to die",
    "sometimes I think of suicide",
    "I could kill myself, my dog is gone",
  ])("%s is not played with", (said) => {
    for (const shift of [0, 1, 2]) expect(converse([said], shift)).toMatch(/talk to someone now/);
  });

  test.each([
    ["???", NO_WORDS[0]],
    ["", NO_WORDS[0]],
    ["你好", OTHER_SCRIPT[0]],
    ["привет, как дела?", OTHER_SCRIPT[0]],
    ["Xyzzy plugh", NOTHING_FITS[0]],
  ])("%j", (said, answer) => {
    expect(converse([said])).toBe(answer);
  });

  test("the highest rank wins, wherever it stands", () => {
    expect(converse(["Hello, I am well. By the way, are you a robot?"])).toMatch(/not a model/);
  });

  test("what was said is repeated only in part", () => {
    const answer = converse([`I am ${"very ".repeat(40)}late`]);
    expect(answer).toContain("very …");
    expect(answer.length).toBeLessThan(140);
  });
});

describe("a conversation", () => {
  test("walks through the sentences of a pattern", () => {
    const said = ["I am cold", "I am wet", "I am late", "I am lost", "I am back"];
    const answers = said.map((_, index) => converse(said.slice(0, index + 1)));
    expect(new Set(answers.slice(0, 4)).size).toBe(4);
    expect(answers[0]).toBe("How long have you been cold?");
    expect(answers[4]).toBe("How long have you been back?");
  });

  test("patterns that share their sentences do not repeat each other", () => {
    expect(converse(["Are you a robot?", "Who are you?"])).not.toBe(converse(["Who are you?"]));
  });

  test("comes back to something of the person's own when nothing fits, once each", () => {
    const said = [
      "My sister sings in the kitchen.",
      "My train to Ulm is late",
      "Xyzzy",
      "Plugh",
      "Foo",
    ];
    const answers = said.map((_, index) => converse(said.slice(0, index + 1)));
    expect(answers[2]).toBe(FROM_MEMORY[0].replace("$1", "sister sings in the kitchen"));
    expect(answers[3]).toBe(FROM_MEMORY[1].replace("$1", "train to Ulm is late"));
    expect(NOTHING_FITS).toContain(answers[4]);
  });

  test("notices a sentence that is said twice, but not a request or a word", () => {
    expect(converse(["the moon rises", "the moon rises"])).toBe(SAID_AGAIN[0]);
    expect(converse(["tell me a joke", "tell me a joke"])).not.toBe(SAID_AGAIN[0]);
    expect(converse(["yes", "yes"])).not.toBe(SAID_AGAIN[0]);
  });

  test("is the same each time, and another with a shift", () => {
    const said = ["Hello", "I want a boat"];
    expect(converse(said)).toBe(converse(said));
    expect(converse(said, 1)).not.toBe(converse(said));
  });

  test("goes on changing after hundreds of turns", () => {
    const said = Array.from({ length: 300 }, (_, index) => `zonk${index}`);
    const answers = said.map((_, index) => converse(said.slice(0, index + 1)));
    for (let index = 1; index < answers.length; index++) {
      expect(answers[index]).not.toBe(answers[index - 1]);
    }
  });

  test("stays quick for long messages and long conversations", () => {
    const hard = "I you me my I you ".repeat(1000);
    const startedAt = performance.now();
    converse(Array.from({ length: 5000 }, (_, index) => `${hard}${index}`));
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});

test("no answer to anything known is empty or keeps a gap", () => {
  const keys = rules().flatMap((rule) => rule.keys);
  for (const key of keys) {
    for (const said of [key, `I ${key} you`, `my ${key} is it`, `why ${key}?`, `${key} of me`]) {
      const answer = converse([said]);
      expect(answer, said).toMatch(/\S/);
      expect(answer, said).not.toMatch(/\$\d|undefined| [?.,]/);
    }
  }
});

describe("the rules", () => {
  const patterns = rules().flatMap((rule) => rule.patterns);
  const sentences = [
    ...new Set(patterns.flatMap(({ replies }) => replies)),
    ...[FROM_MEMORY, NO_WORDS, NOTHING_FITS, OTHER_SCRIPT, SAID_AGAIN].flat(),
  ];

  test("there is enough to talk about", () => {
    expect(new Set(rules().flatMap((rule) => rule.keys)).size).toBeGreaterThan(150);
    expect(new Set(sentences).size).toBeGreaterThan(200);
  });

  test.each(patterns.map(({ source, replies, own }) => [source, replies, own] as const))(
    "%s has replies that name only what it finds",
    (source, replies, own) => {
      const found = source.split(" ").filter((part) => /^[*+]$|\//.test(part));
      expect(found).toHaveLength(own.length);
      expect(replies.length).toBeGreaterThan(0);
      for (const [, number] of replies.join(" ").matchAll(/\$(\d)/g)) {
        expect(["*", undefined], `$${number}`).not.toContain(found[Number(number) - 1]);
      }
    },
  );

  test.each(rules())("rank $rank, keys $keys", ({ rank, keys, patterns }) => {
    expect(rank).toBeGreaterThan(0);
    for (const key of keys) expect(key).toMatch(/^[a-z0-9']+( [a-z0-9']+)*$/);
    expect(patterns.length).toBeGreaterThan(0);
  });

  test.each(
    rules()
      .filter(({ patterns }) => patterns.some(({ source }) => source === "*"))
      .flatMap(({ keys }) => keys),
  )("“%s” alone is answered by a rule", (key) => {
    expect([...NOTHING_FITS, ...NO_WORDS]).not.toContain(converse([key]));
  });

  test.each(sentences)("%s", (sentence) => {
    expect(sentence).toMatch(/^[\p{Lu}>$]|^eliza|^“/u);
    expect(sentence).toMatch(/[.?!”…)]$/);
    expect(sentence).not.toMatch(/\b(chat|thread|session|backend)\b/i);
  });
});
