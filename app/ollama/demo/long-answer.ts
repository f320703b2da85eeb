/** Several hundred words, so that there is time to press Stop, to scroll away and to come back. */
export const LONG_ANSWER = `# A small program that listened

This is a long answer, written beforehand, so that you can try things while it runs: scroll up and down, press **Stop** in the middle and then **Continue**, open the page in a second tab, or reload it. Nothing of what stands here is lost.

## How it began

In the middle of the nineteen-sixties, computers filled rooms and were fed with punched cards. At the Massachusetts Institute of Technology something new was being tried: many people sat at typewriters that were wired to one machine, and each of them had the feeling of having it alone. One of these people was **Joseph Weizenbaum**. He wanted to know how a conversation in plain English could look if one of the two who talk understands nothing at all.

His program was called ELIZA, after Eliza Doolittle, the flower seller in Shaw's *Pygmalion* who is taught to speak like a duchess. Like her, the program could be taught to speak better and better, and like her, it did not become a duchess by that.

## How it works

The method is simple enough to fit on a page:

1. Look through the sentence for words that you know, such as *mother*, *dream* or *always*.
2. Take the one with the highest rank.
3. Try its patterns, one after the other, until one fits.
4. Cut the sentence into the parts that the pattern names.
5. Turn the parts around: *my* becomes *your*, *I am* becomes *you are*.
6. Put them into a prepared sentence, and take another one next time.

If no word is known, there are two ways out. Either something that was said earlier is taken up again, which looks surprisingly attentive, or a sentence is used that always fits:

> Please go on.

The best-known set of rules played a psychotherapist who mostly asks back. That was a clever choice. Somebody who only asks back does not need to know anything about the world, and nobody is surprised by it.

## What people made of it

What happened next surprised nobody more than its author. People knew that they were talking to a program of a few hundred lines, and still they confided in it. Weizenbaum told the story of his own secretary, who had watched the program come into being for months. After a few sentences with it she asked him to leave the room.

He did not take that as a success. Ten years later he wrote a whole book about what should be left to machines and what should not, and he kept to that question for the rest of his life. That people see a mind where there is only a mirror has been called the *ELIZA effect* ever since.

## What is different today

| | ELIZA | a language model |
| --- | --- | --- |
| made of | rules, written by hand | weights, learned from text |
| size | some kilobytes | some gigabytes |
| knows | what you say | a good part of what was written |
| errs | visibly | convincingly |
| needs | almost nothing | memory, and some patience |

The last line is where **Ollama** comes in. It runs such models on a machine of your own, and what you say to them stays there. Two commands are enough for a start:

\`\`\`sh
ollama pull llama3.2
ollama run llama3.2 "Say hello."
\`\`\`

As soon as it answers, this demo steps back, and the very page that you are reading will show what a real model has to say.

## What has stayed

Three things have hardly changed since then, and they are worth keeping in mind with any program that talks:

- **It mirrors you.** The tone of a question comes back in the answer.
- **It always has an answer.** That says nothing about whether the answer is right.
- **It is patient.** That is its best quality, and it costs it nothing.

So much for the long answer. If you pressed Stop on the way and then Continue, it was put together from two pieces, and you should not be able to find the seam. Now it is your turn: what would you have asked the first ELIZA?`;
