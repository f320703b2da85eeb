const MATH =
  "math semantics annotation mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom " +
  "msub msup msubsup munder mover munderover mtable mtr mtd menclose";
const TAGS = new Set(
  (
    "p h3 h4 h5 h6 ul ol li blockquote hr br em strong s code pre figure figcaption div table thead tbody " +
    `tr th td a label input span ${MATH}`
  ).split(" "),
);
const CLASS =
  /^(?:code|table|math|image-link|align-(?:left|center|right)|hljs(?: language-[a-z0-9+#.-]+)?|hljs-[\w -]+)$/;

/** What the values of attributes may be; other attributes than these never occur. */
const ATTRIBUTES: Record<string, RegExp> = {
  href: /^(?:https?:\/\/|mailto:)/i,
  rel: /^noopener noreferrer$/,
  "hx-boost": /^false$/,
  title: /^/,
  class: CLASS,
  tabindex: /^0$/,
  role: /^(?:region|group)$/,
  "aria-label": /^(?:Table|Formula)$/,
  type: /^checkbox$/,
  disabled: /^$/,
  checked: /^$/,
  start: /^\d+$/,
};
const MATH_ATTRIBUTE = /^[\w\s.%/+-]*$/;

/** All that must never be in the HTML of an answer, found with a real HTML parser. */
export function violations(html: string): string[] {
  const found: string[] = [];
  const rewriter = new HTMLRewriter().on("*", {
    element(element) {
      const tag = element.tagName;
      if (!TAGS.has(tag)) found.push(`<${tag}>`);
      for (const [name, value] of element.attributes) {
        const isMath =
          /^m|^annotation$/.test(tag) && !/^(?:on|hx|data|style|class|id|href|src)/i.test(name);
        const allowed = isMath ? MATH_ATTRIBUTE : ATTRIBUTES[name];
        if (!allowed?.test(value)) found.push(`<${tag} ${name}="${value}">`);
      }
    },
    comments: () => void found.push("comment"),
  });
  rewriter.transform(html);
  return found;
}
