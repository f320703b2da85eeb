// The method is Weizenbaum's of 1966; rules and sentences are our own. A rule starts with its rank (highest first) and its
// keys; it is tried if any key occurs. Each group of patterns shares the replies below it, given in turn. In a pattern
// `*` matches any words, `+` at least one, `a/b` either, `KEY` any key of the rule. In a reply `$2` is what the second of
// those matched, with "my" and "your" exchanged, and ` / ` starts a new line.
export const SCRIPT = `
100 suicide, suicidal, kill, die, hurt myself, harm myself, end my life
  * suicide/suicidal * | * kill/hurt/harm myself * | * want/wish/going to die * | * end my life *
    That is too important for a demo that only matches patterns. Please talk to someone now: a person you trust, or the emergency or crisis line where you live.
60 doctor, medicine, medication, pills, ill, sick, disease, diagnosis, symptoms, pain, depressed, depression, anxiety, therapy, therapist
    Health is nothing for a handful of patterns; someone who knows is the better address. What else is on your mind?
    I am a demo and know nothing about health, so I would rather leave that to people who do. Shall we talk about something lighter?
45 ollama, llama, llama3, mistral, gemma, qwen, deepseek, real model, real one, other models, another model, models
    Ollama runs models on your own machine. Get it from https://ollama.com/download, then run \`ollama pull llama3.2\` in a terminal. Parley finds it by itself, and I step back.
    Two steps: install Ollama from https://ollama.com/download, and pull a model with \`ollama pull llama3.2\`. Where it runs on another machine, start Parley with \`--ollama\` and its address.
51 help, commands, example, examples, can you do, do you do
  help * | * help/commands/example/examples | * help me * | * can you help * | * what can/do you do *
    Tell me about your day, your dog or your plans, and I will ask back. Or say “show me a table”, “show me code”, “show me formatting” or “write something long”. I am a demo, not a model, so please do not trust me with anything that matters.
    Talk about anything: people, work, dreams, machines. To see what answers can look like, ask for **a list**, **a table**, **code**, **math** or **all formatting**. “Write something long” gives you time to try Stop.
50 you
  * are you + model/ai/llm/bot/robot/chatbot/machine/computer/program/human/person/demo * | * are you ai/artificial/real/human/alive/conscious/sentient/intelligent/eliza/chatgpt/gpt * | * you are + model/ai/bot/robot/chatbot/machine/computer/program * | * who/what are you * | * what model are you * | * how do you work * | * do you understand * | * about yourself *
    I am eliza, a demo and not a model: a few dozen patterns and some prepared sentences, after a program of 1966. A real model comes with Ollama, from https://ollama.com/download.
    No model is at work in this demo. I look for words that I know and turn your sentence around. Install Ollama from https://ollama.com/download, run \`ollama pull llama3.2\`, and you can talk to a real one.
  * how are you *
    Running without a fault, thank you. And how is your day?
    As well as a list of patterns can be. How are you?
  * thank you *
    You are welcome. What comes next?
    Thank you, for talking to so small a program.
  * how old are you *
    My idea is from 1966, my sentences are much younger. Does age matter to you?
  * where are you *
    Inside Parley, in the same process that made this page. Where are you?
  * do you remember *
    This conversation is all the memory that I have. What do you remember?
  * do you like/love/hate me *
    I answer everybody with the same patterns, but I like how you ask.
  * do you like/love/hate +
    I have no taste of my own for $3. Do you?
    Suppose I did: what would that tell you about $3?
  * do you know +
    I know a few patterns and the year 1966. What do you know about it?
50 your name, called
  * what is your name * | * are you called *
    eliza, after a program of 1966. I am a demo, not a model. What is your name?
    My name is eliza, and I am only a demo. The first of that name was named after a flower seller in a play.
45 weizenbaum, eliza, 1966, doolittle
  hello/hi/hey eliza
    Hello! You know my name, and I am still only a demo. What shall we talk about?
  *
    Joseph Weizenbaum wrote the first ELIZA at MIT and described it in 1966. He was startled how quickly people confided in it. Would you have?
    The first ELIZA was named after Eliza Doolittle of “Pygmalion”, who learns to speak ever better. I do not learn, I am afraid.
40 parley
    Parley is what draws this page: a small server that talks to Ollama and keeps your conversations in one file. Right now it only has me to talk to.
    Parley shows answers as they are written, even with scripts switched off. Say “write something long” and press Stop in the middle.
30 joke, jokes, make me laugh
    A pattern walks into a bar. “The usual?” asks the barkeeper. “Why do you say the usual?” asks the pattern.
    I know ten jokes, but nine of them match “*”.
    A regular expression and a parser meet. The parser says: “We need to talk.” The expression says: “I can only match.”
30 poem, poetry, rhyme, haiku, verse
    > A word comes in, a word goes out, / > and little else I am about; / > but ask me how, and ask me who, / > and I will ask it back of you.
    > Evening, one lamp lit. / > The old question is returned / > with its pronouns turned.
28 name, call me
  * my name is + | * call me +
    Nice to meet you, $2. What brings you here?
    Hello, $2. What shall we talk about?
  * my name *
    Are you content with your name?
25 bye, goodbye, farewell, see you, good night, cu, quit, exit
    Goodbye. This conversation stays in your list, should you miss me.
    Farewell. It was a pleasure to ask so many questions.
25 thanks, thx, cheers
    You are welcome. What comes next?
    Don't mention it. Shall we go on?
20 time, date, weather, news, search, internet, google, website
  * what time/date *
    I have no clock that I may read to you. Is there somewhere you need to be?
  * weather *
    I sit inside a program and never see the sky. What is it like where you are?
  * news/search/internet/google/website *
    I cannot look anything up; nothing of this leaves the machine that Parley runs on. What did you hope to find?
  * time for +
    What keeps you from taking the time for $2?
20 plus, minus, divided, multiplied, calculate, square root
    Counting is beyond me; any pocket calculator does better. Ask me to show you math, and I will at least show how a formula looks.
    I can only reckon with words. What would you do with the result?
20 translate, summarize, summarise, explain, define
    That takes a real model; ask me how to get one. What do you want it for?
    A model could do that, and I am a demo. How would you put it in your own words?
15 computer, computers, machine, machines, robot, robots, ai, software
    Do machines worry you, or do you rather like them?
    What should a machine be able to do that it cannot do today?
    Why do you mention machines? I ask as one of the simplest.
14 program, programming, bug, bugs, javascript, python, compiler, deploy, doesn't work, not work
  * bug/bugs * | * doesn't/not work *
    When did it last work, and what has changed since?
    Explain it to me line by line. I will be your rubber duck.
  *
    What are you building?
    Do you write programs for the result or for the joy of it?
12 stupid, dumb, idiot, useless, boring, nonsense
  * you are *
    I do not take it to heart, not having one. Ask me how to get a real model.
  *
    You do not sound content. What did you hope for?
11 dream, dreams, dreamed, dreamt, nightmare
  * I dreamed/dreamt of/about +
    What was $4 like, in the dream?
    Have you ever thought of $4 while awake?
  *
    Do you often remember your dreams?
    Which dream would you like to have again?
11 sorry, apologize, apologise
    There is no need to apologize to a program.
    Never mind. Where were we?
10 remember, forget, forgot
  * I remember +
    Do you often think of $2?
    What made you think of $2 just now?
  * I forget/forgot +
    What would remind you of $3?
  *
    What is your earliest memory?
9 mother, mom, mum, father, dad, sister, brother, son, daughter
  * my KEY +
    What do you make of it, that your $2 $3?
    Tell me more about your $2.
  * my KEY *
    What do you and your $2 have in common?
    What would your $2 say about you?
  *
    Tell me about your family.
    Who in your family is most like you?
8 wife, husband, partner, girlfriend, boyfriend, friend, friends, family
  * my wife/husband/partner/girlfriend/boyfriend/friend +
    How long have you known that your $2 $3?
    What do you like best about your $2?
  *
    What makes somebody a good friend?
    When did you last laugh together?
8 dog, cat, dogs, cats, horse, bird, rabbit, pet, animal, animals
  * my dog/cat/horse/bird/rabbit/pet +
    How did you and your $2 find each other?
    Does it happen often that your $2 $3?
  *
    Animals are good listeners too. Which one would you be?
    Has an animal ever surprised you?
8 work, job, boss, office, colleague, colleagues, meeting, career
  * my job/boss/office/colleague/colleagues/career +
    And what would you change about your $2?
    Would you tell your $2 that?
  *
    What would you do if you did not have to work?
    Which part of your work would you do for nothing?
8 school, exam, teacher, university, homework, study, studying, learn
  * learn/study +
    What draws you to $3?
    Who could teach you $3?
  *
    Who was your best teacher, and why?
    Would you go back to school?
7 music, song, songs, guitar, piano, sing, band
    Which song could you hear ten times in a row?
    Do you play, or do you listen?
7 book, books, read, reading, novel, film, movie, films, movies, series
    How does it end? You may tell me, I will have forgotten by the next conversation.
    Which figure in it is most like you?
7 coffee, tea, food, eat, eating, hungry, cook, cooking, dinner, lunch
    What would you put on the table for a guest?
    I live on electricity alone. What did I miss?
7 travel, holiday, vacation, trip, sea, mountains, beach, city
    Where would you go tomorrow, if tickets were free?
    Do you travel to arrive or to leave?
    What do you pack first?
7 game, games, play, football, chess, sport, sports, running, swimming
    Do you play to win?
    What is the best move you ever made?
7 sad, unhappy, lonely, angry, afraid, worried, tired, bored, nervous
  * I am/feel * KEY *
    I am sorry to hear that you are $4. What would make today a little lighter?
    And when you are not $4, what is different then?
  *
    What usually helps against that?
6 happy, glad, excited, proud, great, wonderful, love it, nice, cool
  * I am * happy/glad/excited/proud *
    How good to hear! What made you $3?
    Whom have you told that you are $3?
  *
    I am glad to hear it. Tell me more.
    What is the best part of it?
6 always, never, everybody, everyone, nobody, everything, nothing
  * always/never *
    Really $2?
    Can you think of one time when it was otherwise?
  * everybody/everyone/nobody *
    Truly $2? Whom do you have in mind?
    Can you think of one exception?
  *
    All of it, or none of it? What lies between?
6 want, need, wish, hope, would like
  * I don't want/need *
    And what do you want instead?
  * I want/need you +
    I am only a demo. Who else could do that?
  * I want/need to +
    Suppose you could $3 tomorrow: what then?
    What keeps you from it?
  * I want/need +
    What would it mean to you to get $3?
    What stands between you and $3?
  * I wish/hope to +
    What will it take to $3?
  * I wish/hope +
    What would be different if $3?
  * I would like +
    Since when would you like $2?
6 think, believe, feel, know, guess, suppose
  * what do you think *
    I do not think, I match patterns. But what do you think?
  * I feel +
    Do you often feel $2?
    Tell me more about that feeling.
  * I think/believe about/of/in +
    What comes to mind first, when you think of $4?
  * I * think/believe/guess/suppose +
    What makes you $3 that $4?
    Who would disagree?
  * I know +
    How do you know $2?
5 love, hate, like, enjoy, prefer, miss
  * I don't like/love/enjoy/miss +
    What is wrong with $3?
    What do you like better than $3?
  * I * love/hate/like/enjoy/prefer/miss +
    What is it about $4 that you $3?
    Since when do you $3 $4?
    What would you do without $4?
  * is/are/was/looks/feels/sounds like +
    In what way is it like $3?
5 can't, don't, won't, couldn't
  * why can't I +
    What have you tried in order to $2?
  * why don't you +
    Do you think that I don't $2?
  * I can't/couldn't +
    How do you know that you can't $3?
    What would happen if you could $3?
  * I don't know *
    What would you need in order to know?
    If you had to guess?
  * I don't/won't +
    Why $2 you $3?
4 if, because, perhaps, maybe
  * because +
    Is that the real reason?
    And what does that explain?
  * if +
    What would follow from that?
    How likely is it that $2?
  *
    You don't sound quite certain. What would settle it?
    What makes it hard to say?
3 i
  * am I +
    Do you believe that you are $2?
  * can/could/may I +
    Who would stop you?
  * should I +
    What would your best friend say: should you $2?
    Toss a coin, and notice what you hope for while it is in the air.
  * I am +
    How long have you been $2?
    How do you feel about being $2?
    Do you like being $2?
    What is it like to be $2?
  * I was/were +
    What was it like, being $3?
  * I have +
    What does that mean to you?
    How did it come about that you have $2?
  * I will/shall +
    When do you mean to $3?
  * I + you *
    Perhaps you only think that you $2 me.
  * I +
    Tell me more about it.
    What happened then?
    You $2. How did that come about?
3 you
  * are you +
    Why does it matter to you whether I am $2?
  * you are +
    What makes you think that I am $2?
    Some would say that I am $2, others that I am a list of patterns.
  * can/could/will/would you +
    I am a demo, and that is beyond me, I fear. What would you do first?
    Perhaps a real model can. Can you?
  * you + me *
    What makes you think that I $2 you?
    Does anybody else $2 you?
  *
    We were talking about you, not about me.
    I would rather hear about you.
3 my, mine, our
  * my/our + is/are/was/were/has/have +
    What does it mean to you that your $3 $4 $5?
    Would you rather have it otherwise?
  * my/our +
    Tell me more about this: your $3.
    What else comes to mind when you think of it?
  *
    Has it always been yours?
2 love, hate, like, want, need, wish, hope, think, feel, believe
    How certain is that?
    And what about you?
2 hello, hi, hey, greetings, good morning, good evening, howdy, hola
    Hello! I am eliza, a demo and not a model. Tell me what is on your mind, or say “help”.
    Hello again. What shall we talk about?
2 test, testing, ping, lorem
    I hear you. Everything between your browser and me works.
    The test is passed, on my side at least. Say “write something long” for a longer one.
1 why, what, who, where, when, how, which, whose
  * meaning of life *
    I was hoping that you would tell me. What gives meaning to yours?
  why
    Why not?
    That is usually my question.
  *
    What would be your own answer?
    I am a demo and know next to nothing. What do you think?
    If a friend asked you that, what would you say?
1 yes, yeah, yep, sure, ok, okay, right, of course, exactly
    I see. Please go on.
    Good. And then?
1 no, nope, not, nah
    Why not?
    And if it were so after all?
`;

/** Replies about an earlier "my …" if nothing else fits; `$1` is what was yours. */
export const FROM_MEMORY = [
  "Let us go back a little, to this: your $1. What more is there to it?",
  "Earlier it was this: your $1. Does that have to do with it?",
] as const;

export const NOTHING_FITS = [
  "Please go on.",
  "I am not sure that I follow. Could you put it in other words?",
  "What does that suggest to you?",
  "That is interesting. How did you come to it?",
  "None of my patterns fits, so it must be something new. What is it about?",
] as const;

export const SAID_AGAIN = [
  "You have just said that. Did my answer miss the point?",
  "The same words again. What should I have heard in them?",
] as const;

export const NO_WORDS = ["I find no words in that, and words are all I have."] as const;

export const OTHER_SCRIPT = [
  "My patterns know only English, I am sorry. A real model from https://ollama.com would do better.",
] as const;
