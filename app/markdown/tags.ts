const TAG = /<(\/?)([a-zA-Z][^\s/>]*)(?:"[^"]*"|'[^']*'|[^"'>])*>/g;
const VOID = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
/** Their content is parsed by other rules, so a part of it means something else on its own. */
const FOREIGN = new Set(["math", "svg"]);

/** One tag of well-formed HTML; elements that have no end, and `/>`, count as neither. */
export interface Tag {
  kind: "open" | "close" | "empty";
  name: string;
  /** Where it begins, and where what follows it begins. */
  at: number;
  after: number;
}

/** The tags of HTML, in order. */
export function* tagsOf(html: string): Generator<Tag, void> {
  for (const match of html.matchAll(TAG)) {
    const [text, slash, name = ""] = match;
    const isEmpty = VOID.has(name) || text.endsWith("/>");
    const kind = slash === "/" ? "close" : isEmpty ? "empty" : "open";
    yield { kind, name, at: match.index, after: match.index + text.length };
  }
}

export function isForeign(name: string): boolean {
  return FOREIGN.has(name);
}
