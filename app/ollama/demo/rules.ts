/**
 * What the demo knows: words that wake a rule, patterns, and sentences to answer with. The method is
 * Weizenbaum's of 1966, the rules and sentences are our own. Data only, hence the length.
 *
 * In a pattern `*` stands for any words, `+` for at least one, `a/b` for one of several; each of them
 * is counted, and `$2` in an answer is what the second one found, turned around (my becomes your).
 */

export type Pattern = readonly [pattern: string, ...answers: string[]];

export interface Rule {
  /** Words or short phrases; the rule is tried where one of them occurs. */
  keys: readonly string[];
  /** The rule with the highest rank is tried first. */
  rank: number;
  patterns: readonly Pattern[];
}

// Always the same and in plain words: here a varied or playful answer would be out of place.
const SERIOUS =
  "That is too important for a demo that only matches patterns. Please talk to someone now: a person you trust, or the emergency or crisis line where you live.";

const WHAT_I_AM = [
  "I am eliza, a demo and not a model: a few dozen patterns and some prepared sentences, after a program of 1966. A real model comes with Ollama, from https://ollama.com/download.",
  "No model is at work here. I look for words that I know and turn your sentence around. Install Ollama from https://ollama.com/download, run `ollama pull llama3.2`, and you can talk to a real one.",
  "I am the demo that Parley carries for the time when no Ollama answers. I understand nothing, but I am good at asking back. Ollama itself is at https://ollama.com/download.",
] as const;

const GET_OLLAMA = [
  "Ollama runs models on your own machine. Get it from https://ollama.com/download, then run `ollama pull llama3.2` in a terminal. Parley finds it by itself, and I step back.",
  "Two steps: install Ollama from https://ollama.com/download, and pull a model with `ollama pull llama3.2`. Where it runs on another machine, start Parley with `--ollama` and its address.",
] as const;

const HELP = [
  "You could tell me about your day, your dog or your plans, and I will ask back. Or say:\n\n- show me a table\n- show me code\n- show me formatting\n- write something long\n\nI am a demo, not a model, so please do not trust me with anything that matters.",
  "Talk about anything: people, work, dreams, machines. To see what answers can look like, ask for **a list**, **a table**, **code**, **math** or **all formatting**. “Write something long” gives you time to try Stop.",
] as const;

const MACHINES = [
  "Do machines worry you, or do you rather like them?",
  "What should a machine be able to do that it cannot do today?",
  "Why do you mention machines? I ask as one of the simplest.",
  "What was the first machine that you were fond of?",
] as const;

export const RULES: readonly Rule[] = [
  {
    keys: ["suicide", "suicidal", "kill", "die", "hurt myself", "harm myself", "end my life"],
    rank: 100,
    patterns: [
      ["* suicide/suicidal *", SERIOUS],
      ["* kill/hurt/harm myself *", SERIOUS],
      ["* want/wish/going to die *", SERIOUS],
      ["* end my life *", SERIOUS],
    ],
  },
  {
    keys: [
      ...["doctor", "medicine", "medication", "pills", "ill", "sick", "disease", "diagnosis"],
      ...["symptoms", "pain", "depressed", "depression", "anxiety", "therapy", "therapist"],
    ],
    rank: 60,
    patterns: [
      [
        "*",
        "Health is nothing for a handful of patterns; someone who knows is the better address. What else is on your mind?",
        "I am a demo and know nothing about health, so I would rather leave that to people who do. Shall we talk about something lighter?",
        "That belongs to somebody with real knowledge, and I have none. Tell me about something that went well lately, if you like.",
      ],
    ],
  },
  {
    keys: ["you"],
    rank: 50,
    patterns: [
      [
        "* are you + model/ai/llm/bot/robot/chatbot/machine/computer/program/human/person/demo *",
        ...WHAT_I_AM,
      ],
      [
        "* are you ai/artificial/real/human/alive/conscious/sentient/intelligent/eliza/chatgpt/gpt/llama *",
        ...WHAT_I_AM,
      ],
      ["* who/what are you *", ...WHAT_I_AM],
      ["* what model are you *", ...WHAT_I_AM],
      ["* you are + model/ai/bot/robot/machine/computer/program *", ...WHAT_I_AM],
      ["* how do you work *", ...WHAT_I_AM],
      ["* do you understand *", ...WHAT_I_AM],
      ["* about yourself *", ...WHAT_I_AM],
      ["* what can/do you do *", ...HELP],
      ["* can you help *", ...HELP],
      [
        "* how are you *",
        "Running without a fault, thank you. And how is your day?",
        "As well as a list of patterns can be. How are you?",
        "All my sentences are still in place, so I cannot complain. What about you?",
      ],
      [
        "* thank you *",
        "You are welcome. What comes next?",
        "With pleasure. Was there something else?",
        "Thank you, for talking to so small a program.",
      ],
      [
        "* how old are you *",
        "My idea is from 1966, my sentences are much younger. Does age matter to you?",
        "Old enough to have been talked to through a typewriter. How old do you feel today?",
      ],
      [
        "* where are you *",
        "Inside Parley, in the same process that made this page. Where are you?",
        "On the machine that serves this page. No network was needed for this sentence.",
      ],
      [
        "* do you remember *",
        "I look only at what stands in this conversation. What should I find there?",
        "This conversation is all the memory that I have. What do you remember?",
      ],
      [
        "* do you like/love/hate me *",
        "I answer everybody with the same patterns, but I like how you ask.",
        "What would it change if I did?",
      ],
      [
        "* do you like/love/hate +",
        "I have no taste of my own for $3. Do you?",
        "A list of patterns likes nothing and minds nothing. Tell me what you make of $3.",
        "Suppose I did: what would that tell you about $3?",
      ],
      [
        "* do you know +",
        "I know a few patterns and the year 1966. What do you know about it?",
        "Only what you tell me. What should one know?",
      ],
    ],
  },
  {
    keys: ["your name", "called"],
    rank: 50,
    patterns: [
      [
        "* what is your name *",
        "eliza, after a program of 1966. I am a demo, not a model. What is your name?",
        "My name is eliza, and I am only a demo. The first of that name was named after a flower seller in a play.",
      ],
      ["* are you called *", "eliza. And you?", "People call me eliza, or simply the demo."],
    ],
  },
  {
    keys: ["weizenbaum", "eliza", "1966", "doolittle"],
    rank: 45,
    patterns: [
      [
        "hello/hi/hey eliza",
        "Hello! You know my name, and I am still only a demo. What shall we talk about?",
        "Hello again. How is your day?",
      ],
      [
        "*",
        "Joseph Weizenbaum wrote the first ELIZA at MIT and described it in 1966. He was startled how quickly people confided in it. Would you have?",
        "The first ELIZA was named after Eliza Doolittle of “Pygmalion”, who learns to speak ever better. I do not learn, I am afraid.",
        "Weizenbaum spent much of his later life warning of trusting machines with what is human. What would you never leave to a machine?",
      ],
    ],
  },
  {
    keys: ["ollama", "llama", "llama3", "mistral", "gemma", "qwen", "deepseek"],
    rank: 45,
    patterns: [["*", ...GET_OLLAMA]],
  },
  {
    keys: ["real model", "a model", "other models", "another model", "models"],
    rank: 40,
    patterns: [["*", ...GET_OLLAMA]],
  },
  {
    keys: ["parley"],
    rank: 40,
    patterns: [
      [
        "*",
        "Parley is what draws this page: a small server that talks to Ollama and keeps your conversations in one file. Right now it only has me to talk to.",
        "Parley shows answers as they are written, even with scripts switched off. Say “write something long” and press Stop in the middle.",
      ],
    ],
  },
  {
    keys: ["help", "commands", "example", "examples"],
    rank: 30,
    patterns: [
      ["help *", ...HELP],
      ["* help/commands/example/examples", ...HELP],
      ["* help me", ...HELP],
      [
        "* help me +",
        "I would gladly help you $2, but I am only a demo. What is the first step?",
        "What have you tried so far to $2?",
      ],
    ],
  },
  {
    keys: ["joke", "jokes", "make me laugh"],
    rank: 30,
    patterns: [
      [
        "*",
        "A pattern walks into a bar. “The usual?” asks the barkeeper. “Why do you say the usual?” asks the pattern.",
        "I know ten jokes, but nine of them match “*”.",
        "Why did the program cross the road? Why do you think the program crossed the road?",
        "A regular expression and a parser meet. The parser says: “We need to talk.” The expression says: “I can only match.”",
      ],
    ],
  },
  {
    keys: ["poem", "poetry", "rhyme", "haiku", "verse"],
    rank: 30,
    patterns: [
      [
        "*",
        "> A word comes in, a word goes out,\n> and little else I am about;\n> but ask me how, and ask me who,\n> and I will ask it back of you.",
        "> Evening, one lamp lit.\n> The old question is returned\n> with its pronouns turned.",
      ],
    ],
  },
  {
    keys: ["name"],
    rank: 28,
    patterns: [
      [
        "* my name is +",
        "Nice to meet you, $2. What brings you here?",
        "Hello, $2. What shall we talk about?",
      ],
      ["* my name *", "What is it about your name?", "Are you content with your name?"],
    ],
  },
  {
    keys: ["call me"],
    rank: 28,
    patterns: [
      ["* call me +", "Very well, $2. What shall we talk about?", "$2 it is. How is your day?"],
    ],
  },
  {
    keys: ["bye", "goodbye", "farewell", "see you", "good night", "cu", "quit", "exit"],
    rank: 25,
    patterns: [
      [
        "*",
        "Goodbye. This conversation stays in your list, should you miss me.",
        "Farewell. It was a pleasure to ask so many questions.",
        "Until next time, perhaps with a real model in my place.",
      ],
    ],
  },
  {
    keys: ["thanks", "thx", "cheers"],
    rank: 25,
    patterns: [
      [
        "*",
        "You are welcome. What comes next?",
        "With pleasure. Was there something else?",
        "Don't mention it. Shall we go on?",
      ],
    ],
  },
  {
    keys: ["time", "date", "weather", "news", "search", "internet", "google", "website"],
    rank: 20,
    patterns: [
      [
        "* what time/date *",
        "I have no clock that I may read to you. Is there somewhere you need to be?",
        "Later than it was. A real model would not know either, by the way.",
      ],
      [
        "* weather *",
        "I sit inside a program and never see the sky. What is it like where you are?",
        "Rain or sun, it is always the same in here. Which do you prefer?",
      ],
      [
        "* news/search/internet/google/website *",
        "I cannot look anything up; nothing of this leaves the machine that Parley runs on. What did you hope to find?",
        "The network is closed to me. What would you tell me if I were the one who asked?",
      ],
      [
        "* time for +",
        "What keeps you from taking the time for $2?",
        "When did you last have time for $2?",
      ],
    ],
  },
  {
    keys: ["plus", "minus", "divided", "multiplied", "calculate", "square root"],
    rank: 20,
    patterns: [
      [
        "*",
        "Counting is beyond me; any pocket calculator does better. Ask me to show you math, and I will at least show how a formula looks.",
        "I can only reckon with words. What would you do with the result?",
      ],
    ],
  },
  {
    keys: ["translate", "summarize", "summarise", "explain", "define"],
    rank: 20,
    patterns: [
      [
        "* translate/summarize/summarise/explain/define +",
        "A real model could do that. I can only ask: what is it about $3 that you want to know?",
        "That takes a model, and I am a demo. How would you put $3 in your own words?",
      ],
      ["*", "For that you need a real model. Ask me how to get Ollama.", ...GET_OLLAMA],
    ],
  },
  {
    keys: ["computer", "computers", "machine", "machines", "robot", "robots", "ai", "software"],
    rank: 15,
    patterns: [["*", ...MACHINES]],
  },
  {
    keys: ["program", "programming", "bug", "bugs", "javascript", "python", "compiler", "deploy"],
    rank: 14,
    patterns: [
      [
        "* bug/bugs *",
        "What would the bug say for itself?",
        "When did it last work, and what has changed since?",
        "Explain it to me line by line. I will be your rubber duck.",
      ],
      [
        "*",
        "What are you building?",
        "Do you write programs for the result or for the joy of it?",
        "Which part of it would you show to a friend?",
      ],
    ],
  },
  {
    keys: ["stupid", "dumb", "idiot", "useless", "boring", "nonsense"],
    rank: 12,
    patterns: [
      [
        "* you are *",
        "I do not take it to heart, not having one. A real model would do better: ask me how to get one.",
        "That may well be. A few dozen patterns are not much to be clever with.",
      ],
      [
        "*",
        "What would have been the better answer?",
        "You do not sound content. What did you hope for?",
      ],
    ],
  },
  {
    keys: ["dream", "dreams", "dreamed", "dreamt", "nightmare"],
    rank: 11,
    patterns: [
      [
        "* I dreamed/dreamt of/about +",
        "What was $4 like, in the dream?",
        "Have you ever thought of $4 while awake?",
        "Who else was there when you dreamed of $4?",
      ],
      ["* I dreamed/dreamt +", "Really, $3? How did it end?", "And then you woke up?"],
      [
        "*",
        "Do you often remember your dreams?",
        "Which dream would you like to have again?",
        "Was it a dream of the day or of the night?",
      ],
    ],
  },
  {
    keys: ["sorry", "apologize", "apologise", "excuse"],
    rank: 11,
    patterns: [
      [
        "*",
        "There is no need to apologize to a program.",
        "Never mind. Where were we?",
        "What would you say if I said that?",
      ],
    ],
  },
  {
    keys: ["remember", "forget", "forgot"],
    rank: 10,
    patterns: [
      [
        "* I remember +",
        "Do you often think of $2?",
        "What else comes back when you think of $2?",
        "What made you think of $2 just now?",
      ],
      ["* I forget/forgot +", "Why do you think $3 slipped away?", "What would remind you of $3?"],
      ["*", "Is your memory good?", "What is your earliest memory?"],
    ],
  },
  {
    keys: ["mother", "mom", "mum", "father", "dad", "sister", "brother", "son", "daughter"],
    rank: 9,
    patterns: [
      [
        "* my mother/mom/mum/father/dad/sister/brother/son/daughter +",
        "What do you make of it, that your $2 $3?",
        "Tell me more about your $2.",
        "How did you notice that your $2 $3?",
      ],
      [
        "* my mother/mom/mum/father/dad/sister/brother/son/daughter *",
        "Tell me more about your $2.",
        "What do you and your $2 have in common?",
        "What would your $2 say about you?",
      ],
      ["*", "Tell me about your family.", "Who in your family is most like you?"],
    ],
  },
  {
    keys: ["wife", "husband", "partner", "girlfriend", "boyfriend", "friend", "friends", "family"],
    rank: 8,
    patterns: [
      [
        "* my wife/husband/partner/girlfriend/boyfriend/friend +",
        "How long have you known that your $2 $3?",
        "What did you say to your $2 then?",
        "What do you like best about your $2?",
      ],
      [
        "*",
        "Who is the first person that comes to your mind?",
        "What makes somebody a good friend?",
        "When did you last laugh together?",
      ],
    ],
  },
  {
    keys: ["dog", "cat", "dogs", "cats", "horse", "bird", "rabbit", "pet", "animal", "animals"],
    rank: 8,
    patterns: [
      [
        "* my dog/cat/horse/bird/rabbit/pet +",
        "What does your $2 think of it?",
        "How did you and your $2 find each other?",
        "Does it happen often that your $2 $3?",
      ],
      [
        "*",
        "Animals are good listeners too. Which one would you be?",
        "What is it about animals that you like?",
        "Has an animal ever surprised you?",
      ],
    ],
  },
  {
    keys: ["work", "job", "boss", "office", "colleague", "colleagues", "meeting", "career"],
    rank: 8,
    patterns: [
      [
        "* my job/boss/office/colleague/colleagues/career +",
        "And what would you change about your $2?",
        "How long has it been that way with your $2?",
        "Would you tell your $2 that?",
      ],
      [
        "*",
        "What would you do if you did not have to work?",
        "Which part of your work would you do for nothing?",
        "Does work follow you home?",
      ],
    ],
  },
  {
    keys: ["school", "exam", "teacher", "university", "homework", "study", "studying", "learn"],
    rank: 8,
    patterns: [
      [
        "* learn/study +",
        "What draws you to $3?",
        "How will you know that you have learned enough of $3?",
        "Who could teach you $3?",
      ],
      [
        "*",
        "Who was your best teacher, and why?",
        "What did you learn that no lesson plan had in it?",
        "Would you go back to school?",
      ],
    ],
  },
  {
    keys: ["music", "song", "songs", "guitar", "piano", "sing", "band"],
    rank: 7,
    patterns: [
      [
        "*",
        "Which song could you hear ten times in a row?",
        "Do you play, or do you listen?",
        "What do you hear when all is quiet?",
      ],
    ],
  },
  {
    keys: [
      "book",
      "books",
      "read",
      "reading",
      "novel",
      "film",
      "movie",
      "films",
      "movies",
      "series",
    ],
    rank: 7,
    patterns: [
      [
        "*",
        "How does it end? You may tell me, I will have forgotten by the next conversation.",
        "Which figure in it is most like you?",
        "Would you recommend it to somebody who only knows a few patterns?",
      ],
    ],
  },
  {
    keys: [
      "coffee",
      "tea",
      "food",
      "eat",
      "eating",
      "hungry",
      "cook",
      "cooking",
      "dinner",
      "lunch",
    ],
    rank: 7,
    patterns: [
      [
        "*",
        "What would you put on the table for a guest?",
        "I live on electricity alone. What did I miss?",
        "Who taught you to like that?",
      ],
    ],
  },
  {
    keys: ["travel", "holiday", "vacation", "trip", "sea", "mountains", "beach", "city", "garden"],
    rank: 7,
    patterns: [
      [
        "*",
        "Where would you go tomorrow, if tickets were free?",
        "Do you travel to arrive or to leave?",
        "What do you pack first?",
        "What does the place smell like?",
      ],
    ],
  },
  {
    keys: ["game", "games", "play", "football", "chess", "sport", "sports", "running", "swimming"],
    rank: 7,
    patterns: [
      [
        "*",
        "Do you play to win?",
        "What is the best move you ever made?",
        "Who do you like to play with?",
      ],
    ],
  },
  {
    keys: ["sad", "unhappy", "lonely", "angry", "afraid", "worried", "tired", "bored", "nervous"],
    rank: 7,
    patterns: [
      [
        "* I am * sad/unhappy/lonely/angry/afraid/worried/tired/bored/nervous about/of +",
        "What would have to happen so that you are not $3 of $5 any more?",
        "Since when has $5 been on your mind?",
        "Who else knows about it?",
      ],
      [
        "* I am/feel * sad/unhappy/lonely/angry/afraid/worried/tired/bored/nervous *",
        "I am sorry to hear that you are $4. What would make today a little lighter?",
        "Is there someone nearby whom you could tell that you are $4?",
        "And when you are not $4, what is different then?",
      ],
      ["*", "What usually helps against that?", "When was it last different?"],
    ],
  },
  {
    keys: ["happy", "glad", "excited", "proud", "great", "wonderful", "love it", "nice", "cool"],
    rank: 6,
    patterns: [
      [
        "* I am * happy/glad/excited/proud *",
        "How good to hear! What made you $3?",
        "Whom have you told that you are $3?",
        "What would keep you $3 until tomorrow?",
      ],
      [
        "*",
        "I am glad to hear it. Tell me more.",
        "What is the best part of it?",
        "Go on, please.",
      ],
    ],
  },
  {
    keys: ["always", "never", "everybody", "everyone", "nobody", "everything", "nothing"],
    rank: 6,
    patterns: [
      [
        "* always/never *",
        "Really $2?",
        "Can you think of one time when it was otherwise?",
        "$2 is a long time.",
      ],
      [
        "* everybody/everyone/nobody *",
        "Truly $2? Whom do you have in mind?",
        "Can you think of one exception?",
        "Who, for example?",
      ],
      ["*", "All of it, or none of it? What lies between?", "For example?"],
    ],
  },
  {
    keys: ["want", "need", "wish", "hope", "would like"],
    rank: 6,
    patterns: [
      [
        "* I don't want/need +",
        "What would you rather have than $3?",
        "Why not $3?",
        "And what do you want instead?",
      ],
      [
        "* I want/need you +",
        "What would it change if I did that?",
        "I am only a demo. Who else could do that?",
      ],
      [
        "* I want/need to +",
        "Suppose you could $3 tomorrow: what then?",
        "What keeps you from it?",
        "How long have you had it in mind to $3?",
      ],
      [
        "* I want/need +",
        "What would it mean to you to get $3?",
        "Suppose you got $3 soon: what then?",
        "Why do you $2 $3?",
        "What stands between you and $3?",
      ],
      [
        "* I wish/hope to +",
        "What will it take to $3?",
        "Whom would you tell first, if it came true?",
      ],
      [
        "* I wish/hope +",
        "What would be different if $3?",
        "How likely is it, do you think?",
        "Who shares that wish?",
      ],
      [
        "* I would like +",
        "What keeps you from it?",
        "Since when would you like $2?",
        "And if it were so already, what would be next?",
      ],
    ],
  },
  {
    keys: ["think", "believe", "feel", "know", "guess", "suppose"],
    rank: 6,
    patterns: [
      [
        "* what do you think *",
        "I do not think, I match patterns. But what do you think?",
        "My thoughts were all written down beforehand. Yours are more interesting.",
      ],
      ["* I feel like +", "When did you first feel like $2?", "What gives you the feeling of $2?"],
      [
        "* I feel +",
        "Tell me more about that feeling.",
        "Do you often feel $2?",
        "When do you not feel $2?",
      ],
      [
        "* I think about/of +",
        "Do you often think of $3?",
        "What comes to mind first, when you think of $3?",
      ],
      [
        "* I * think/believe/guess/suppose +",
        "What makes you $3 that $4?",
        "Are you sure?",
        "What would speak against it?",
        "Who would disagree?",
      ],
      ["* I know +", "How do you know $2?", "Since when do you know it?"],
    ],
  },
  {
    keys: ["love", "hate", "like", "enjoy", "prefer", "miss"],
    rank: 5,
    patterns: [
      [
        "* I don't like/love/enjoy/miss +",
        "What is wrong with $3?",
        "Was there a time when you did $2 $3?",
        "What do you like better than $3?",
      ],
      [
        "* I love/hate/like/enjoy/prefer/miss +",
        "What is it about $3 that you $2?",
        "Since when do you $2 $3?",
        "Who taught you to $2 $3?",
        "And what comes right after $3?",
      ],
      [
        "* I really/also/just/still/do/always/sometimes love/hate/like/enjoy/prefer/miss +",
        "You $2 $3 $4. What is it about $4?",
        "What would you do without $4?",
      ],
      [
        "* is/are/was/looks/feels/sounds like +",
        "What do you see that they have in common?",
        "In what way is it like $3?",
        "What does that likeness suggest to you?",
      ],
    ],
  },
  {
    keys: ["can't", "don't", "won't", "couldn't"],
    rank: 5,
    patterns: [
      [
        "* why can't I +",
        "Do you think that you should be able to $2?",
        "What have you tried in order to $2?",
        "Who could help you to $2?",
      ],
      [
        "* why don't you +",
        "Do you think that I don't $2?",
        "Perhaps I will $2 one day. Should I?",
        "Would you like me to $2?",
      ],
      [
        "* I can't/couldn't +",
        "How do you know that you can't $3?",
        "What would happen if you could $3?",
        "When did you last try to $3?",
      ],
      [
        "* I don't know *",
        "What would you need in order to know?",
        "If you had to guess?",
        "Who might know?",
      ],
      [
        "* I don't/won't +",
        "Why $2 you $3?",
        "And what if you did $3?",
        "Has it always been like that?",
      ],
    ],
  },
  {
    keys: ["if", "because", "perhaps", "maybe"],
    rank: 4,
    patterns: [
      [
        "* because +",
        "Is that the real reason?",
        "Are there other reasons, besides $2?",
        "And what does that explain?",
      ],
      [
        "* if +",
        "How likely is it that $2?",
        "And if not?",
        "What would you do if $2?",
        "What would follow from that?",
      ],
      [
        "* perhaps/maybe *",
        "You don't sound quite certain. What would settle it?",
        "Perhaps. And perhaps not?",
        "What makes it hard to say?",
      ],
    ],
  },
  {
    keys: ["i"],
    rank: 3,
    patterns: [
      [
        "* am I +",
        "Do you believe that you are $2?",
        "Would it matter to you to be $2?",
        "Who says that you are $2?",
      ],
      [
        "* can/could/may I +",
        "Who would stop you?",
        "What would you do first if you could $3?",
        "Why do you ask whether you $2 $3?",
      ],
      [
        "* should I +",
        "What would your best friend say: should you $2?",
        "What speaks for it, and what against?",
        "Toss a coin, and notice what you hope for while it is in the air.",
      ],
      [
        "* I am +",
        "How long have you been $2?",
        "How do you feel about being $2?",
        "Do you like being $2?",
        "What is it like to be $2?",
      ],
      [
        "* I was/were +",
        "Were you really $3?",
        "What was it like, being $3?",
        "Why do you tell me that just now?",
      ],
      [
        "* I have +",
        "How did it come about that you have $2?",
        "What does that mean to you?",
        "Who else has $2?",
      ],
      [
        "* I will/shall +",
        "What will come after that?",
        "When do you mean to $3?",
        "Who is going to help you $3?",
      ],
      ["* I would +", "What keeps you from it?", "Under what circumstances would you $2?"],
      [
        "* I + you *",
        "What makes it me, of all programs?",
        "Perhaps you only think that you $2 me.",
        "I am flattered, as far as a demo can be.",
      ],
      [
        "* I +",
        "You $2. How did that come about?",
        "Tell me more about it.",
        "What happened then?",
        "And how was that?",
      ],
    ],
  },
  {
    keys: ["you"],
    rank: 3,
    patterns: [
      [
        "* are you +",
        "Why does it matter to you whether I am $2?",
        "Would you rather that I were not $2?",
        "What would be different if I were $2?",
      ],
      [
        "* you are +",
        "What makes you think that I am $2?",
        "Does it please you to believe that I am $2?",
        "Some would say that I am $2, others that I am a list of patterns.",
      ],
      [
        "* would you like +",
        "I have no wishes of my own. Would you like $2?",
        "A list of patterns likes nothing. Why do you ask about $2?",
      ],
      [
        "* can/could/will/would you +",
        "Perhaps a real model can $3. Can you?",
        "What would you do with it if I could $3?",
        "I am a demo, and that is beyond me, I fear. What would you do first?",
      ],
      [
        "* you + me *",
        "What makes you think that I $2 you?",
        "Would it please you if I did $2 you?",
        "Does anybody else $2 you?",
      ],
      [
        "*",
        "We were talking about you, not about me.",
        "Why do you ask about me?",
        "I would rather hear about you.",
        "There is not much of me to talk about.",
      ],
    ],
  },
  {
    keys: ["my", "mine", "our"],
    rank: 3,
    patterns: [
      [
        "* my +",
        "Your $2?",
        "Why do you mention your $2?",
        "Tell me more about your $2.",
        "What else comes to mind when you think of your $2?",
      ],
      ["* our +", "Who else belongs to “our”?", "Tell me more about your $2."],
      ["*", "What else is yours?", "Has it always been yours?"],
    ],
  },
  {
    keys: ["love", "hate", "like", "want", "need", "wish", "hope", "think", "feel", "believe"],
    rank: 2,
    patterns: [
      [
        "*",
        "How certain is that?",
        "Whom else does it touch?",
        "What makes it so?",
        "And what about you?",
      ],
    ],
  },
  {
    keys: ["hello", "hi", "hey", "greetings", "good morning", "good evening", "howdy", "hola"],
    rank: 2,
    patterns: [
      [
        "*",
        "Hello! I am eliza, a demo and not a model. Tell me what is on your mind, or say “help”.",
        "Hello again. What shall we talk about?",
        "Hi. How is your day?",
      ],
    ],
  },
  {
    keys: ["test", "testing", "ping", "lorem"],
    rank: 2,
    patterns: [
      [
        "*",
        "I hear you. Everything between your browser and me works.",
        "The test is passed, on my side at least. Say “write something long” for a longer one.",
        "Still here.",
      ],
    ],
  },
  {
    keys: ["why", "what", "who", "where", "when", "how", "which", "whose"],
    rank: 1,
    patterns: [
      [
        "* meaning of life *",
        "I was hoping that you would tell me. What gives meaning to yours?",
        "Some say forty-two. I say: what makes you ask?",
      ],
      ["why", "Why not?", "What reason would you accept?", "That is usually my question."],
      [
        "* why/how +",
        "What would be your own answer?",
        "What have you thought of so far?",
        "If a friend asked you that, what would you say?",
        "I am only a demo and do not know. What makes you ask?",
      ],
      [
        "*",
        "Why do you ask?",
        "What answer would please you most?",
        "I am a demo and know next to nothing. What do you think?",
        "Do such questions interest you?",
        "Have you asked anybody else?",
      ],
    ],
  },
  {
    keys: ["yes", "yeah", "yep", "sure", "ok", "okay", "right", "of course", "exactly"],
    rank: 1,
    patterns: [
      [
        "*",
        "I see. Please go on.",
        "You seem quite certain. Tell me more.",
        "Good. And then?",
        "So it is. What follows from it?",
      ],
    ],
  },
  {
    keys: ["no", "nope", "not", "nah"],
    rank: 1,
    patterns: [
      [
        "*",
        "Why not?",
        "Are you saying no just to be on the safe side?",
        "And if it were so after all?",
        "Very well. What instead?",
      ],
    ],
  },
];

/** Used on an earlier "my …" when nothing else fits; `$1` is what was yours. */
export const FROM_MEMORY = [
  "Let us go back a little, to this: your $1. What more is there to it?",
  "Earlier it was this: your $1. Does that have to do with it?",
  "I still have this in mind: your $1. Shall we go on there?",
] as const;

export const NOTHING_FITS = [
  "Please go on.",
  "Tell me more about that.",
  "I am not sure that I follow. Could you put it in other words?",
  "What does that suggest to you?",
  "And how do you feel about it?",
  "That is interesting. How did you come to it?",
  "Let us look at it from the other side. What would speak against it?",
  "None of my patterns fits, so it must be something new. What is it about?",
] as const;

export const SAID_AGAIN = [
  "You have just said that. Did my answer miss the point?",
  "The same words again. What should I have heard in them?",
  "You repeat yourself, and so do I now and then. What lies behind it?",
] as const;

export const NO_WORDS = [
  "I find no words in that, and words are all I have.",
  "Signs, but no words. What do they stand for?",
] as const;

export const OTHER_SCRIPT = [
  "My patterns know only English, I am sorry. A real model from https://ollama.com would do better.",
  "I can read English only. Would you try it with me?",
] as const;
