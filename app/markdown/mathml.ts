const MAX_MATHML_CHARACTERS = 50_000;

const ELEMENTS = new Set(
  (
    "math semantics annotation mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom " +
    "msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mlabeledtr mtd menclose"
  ).split(" "),
);

/** Allowed attributes; colours and font sizes are left to the theme. */
const WORDS = new Set(
  (
    "display encoding mathvariant stretchy fence separator symmetric largeop movablelimits accent accentunder " +
    "columnalign columnlines rowlines displaystyle scriptlevel notation linebreak form side"
  ).split(" "),
);
const LENGTHS = new Set(
  "width height depth lspace rspace voffset minsize maxsize linethickness rowspacing columnspacing".split(
    " ",
  ),
);
/** Two digits at most: a longer shift could move a formula over other parts of the page. */
const LENGTH = /^(?:[+-]?\d{0,2}(?:\.\d+)?(?:em|ex|pt|mu|px|%)?(?:\s+|$))+$|^100%$/;
const WORD = /^[\w\s./-]*$/;

const TAG = /<(\/?)([a-z]+)((?:\s+[a-zA-Z:]+="[^"<>]*")*)\s*(\/?)>/g;
const ATTRIBUTE = /([a-zA-Z:]+)="([^"<>]*)"/g;

/** KaTeX's output without styles and names from the formula; null if it has anything else that is unknown. */
export function mathMl(katexHtml: string): string | null {
  if (katexHtml.length > MAX_MATHML_CHARACTERS) return null;
  let known = true;
  const html = katexHtml
    .replace(/^<span class="katex">([\s\S]*)<\/span>$/, "$1")
    .replace(TAG, (_tag, slash: string, name: string, attributes: string, empty: string) => {
      if (!ELEMENTS.has(name)) known = false;
      return `<${slash}${name}${allowed(attributes)}${empty}>`;
    });
  return known && !html.replace(TAG, "").includes("<") ? html : null;
}

function allowed(attributes: string): string {
  let kept = "";
  for (const [, name = "", value = ""] of attributes.matchAll(ATTRIBUTE)) {
    const list = WORDS.has(name) ? WORD : LENGTHS.has(name) ? LENGTH : undefined;
    if (list?.test(value)) kept += ` ${name}="${value}"`;
  }
  return kept;
}
