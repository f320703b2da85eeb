/** Answers as models write them, and the shapes that are hard to split; none defines a link too late. */
export const answers: Record<string, string> = {
  prose: `# Tides

The **Moon** pulls the sea; the _Sun_ helps a little. See [NOAA](https://tides.example/now "Tides") or
www.example.org. It costs $5 and $10, but $E = mc^2$ is \\(always\\) free.

Line one
line two\\
line three with \`code\` and ~~strike~~

***

The end & <b>no HTML</b> 🌊🌊 Wörter, 函数$f(x)$在 "quotes".
`,
  lists: `Here are the steps:
- **First**: take \`npm\`
- **Second**: run it
  - nested *one*
  - nested two

    with a paragraph
- Third

1. Do this:
   \`\`\`bash
   npm install  # quickly

   npm test
   \`\`\`
2. Then that.

3) other list
* star
+ plus

10. ten
- [ ] todo
- [x] done
-
- after an empty one

Next paragraph.
`,
  code: `Intro:
\`\`\`ts
const a: number = 1; // <b>

\tif (a) { return \`\${a}\`; }
\`\`\`
After.

~~~python title="x"
def f():
    """doc
    string"""
\`\`\`
~~~
\`\`\`\`md
\`\`\`js
nested
\`\`\`
\`\`\`\`

  \`\`\`
  dedented
 less
\ttab
   \`\`\`

    indented code

    goes on
not any more
`,
  tables: `Table:

| Name | Value | Note |
|:-----|:-----:|-----:|
| a | 1 | \`x\` |
| **b** | 2 |
| c | [l](https://x.example) | $x^2$ |

a | b
--|--
1 | 2
After the table without a blank line

not | a table

> quoted | table
> -|-
> x | y
`,
  math: `The formula:
$$
\\frac{a}{b} = \\sum_{i=0}^n x_i
$$
where $a$ is *it*, and

\\[
\\begin{aligned}
a &= b \\\\
c &= d
\\end{aligned}
\\]

Single: $$x^2$$

- in a list: \\(y\\)
  $$
  z
  $$
- $$w$$

$$ unclosed
goes on

\\[ also

Cost: $5, then \\$6 and 7$.
`,
  quotes: `> One
> two
lazy
> - list
> - in quote
>
> \`\`\`
> code in quote
> \`\`\`

> Another

Text
> interrupts
# heading
para
===
second
---
tail
- - -
#hashtag
####### seven
## closed ##
`,
  references: `[a]: https://a.example "A"
[b]: <https://b.example>
'multi
line title'

Uses [a], [b] and [text][a], ![pic][b].

- list with [a]

[a]: https://late.example
[c]:
https://c.example
[C] is defined above. [d] is not.
`,
  edges: `para
#not a heading

para
# heading
- a
-
- b

*
* *
* * *
+

1.
2. two

\`\`\`js \`not a fence\`
\`\`\`
\`\`\`
**unclosed bold and \`unclosed code
still *going

&amp; &copy; &#x41; &bogus; \\* \\_ \\<

| not | table
| - |

Hard  
break
\ttab start
    lazy indented

-\ttab item
\tcontinues
`,
  crlf: "# Title\r\n\r\nPara\r\nmore\r\n\r\n- a\r\n- b\r\n\r\n```\r\ncode\r\n\r\n```\r\nend\rold mac\r\n",
  newlines: "\n\n \n\t\n\r\n\n",
  empty: "",
};
