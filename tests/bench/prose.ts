import { Random } from "../support/random";

/** The words that most English text is made of, the most frequent first. */
const COMMON =
  "the of to and a in is it you that for on are with as be this or can your by an from at if not have use will more which one all but when we has they their about like what do how some there time would so make into other than any just need also out them these first each between using get where may only most then new way data code up set file work used user my number over return its here example such want different take function two value no should through good system know name could case could run list long water type help add let start both even change line want text while after before same part find back might been world day read point see right water high well place small those order give end idea check year many think model keep write great people now very show follow next create call result still under learn best try build step move test without class error page every string process game form food space open simple key common possible question note love object local language important turn level side problem group table main power energy light current large story city map book heat bread tide moon ship harbour island garden kitchen river winter summer morning evening music color paper stone forest bridge train bicycle letter market window doctor teacher student history science physics engine travel recipe flour sugar butter oven sauce pepper onion garlic tomato cheese coffee bottle butterfly rocket planet orbit gravity mountain valley desert ocean storm thunder cloud rain snow spring autumn temperature pressure speed distance weight length width height volume surface circle square triangle angle equation theory proof logic memory network server client request browser database query index cache thread schema compiler parser token variable constant loop array pointer pattern module package version release commit branch merge container cluster deploy latency throughput bandwidth packet router socket protocol encryption password certificate signature budget invoice contract insurance mortgage interest salary tax pension holiday passport luggage airport station ticket hotel museum gallery theatre cinema orchestra violin piano guitar drum melody rhythm harmony chapter paragraph sentence grammar vocabulary translation dictionary poem novel character dialogue author editor publisher".split(
    " ",
  );

const STARTS =
  "con pre inter trans un re dis over under sub pro com micro bio geo photo auto hydro electro".split(
    " ",
  );
const ONSETS =
  "b bl br c ch cl cr d dr f fl fr g gl gr h j k kn l m n p ph pl pr qu r s sc sh sk sl sm sn sp st str sw t th tr v w z".split(
    " ",
  );
const VOWELS = "a e i o u ai ea oo ou".split(" ");
const CODAS = "b ck d ff g l ll lt m mp n nd ng nt p r rd rk rm rt s st t x".split(" ");
const ENDS =
  "tion ment ness ing ed er al ic ous ive able ly ity ist ism ure ance ent or ant ate ize ful s es".split(
    " ",
  );

const CHINESE =
  "我们 今天 学习 如何 使用 模型 回答 问题 数据库 索引 需要 时间 可以 写 代码 函数 返回 结果 因为 所以 海水 月亮 潮汐 面包 城市 天气 春天 音乐 历史 科学 的 了 在 是 和".split(
    " ",
  );
const JAPANESE =
  "私たち は 今日 モデル に 質問 を して 答え が データベース の 索引 使い ます コード 書く 時間 必要 です 潮 満ち引き 月 パン 街 天気 春 音楽 歴史 科学 と で も".split(
    " ",
  );

/** Rare words that these syllables make, beside the common ones. */
const RARE_WORDS = 40_000;

/** Text as people and models write it: few words often, many seldom, some code, some Chinese and Japanese. */
export class Prose {
  readonly #random: Random;
  readonly #words: string[];
  /** Where each word ends on a line from 0 to 1 of all that is said. */
  readonly #shares: Float64Array;

  constructor(seed: number) {
    this.#random = new Random(seed);
    const known = new Set(COMMON);
    while (known.size < COMMON.length + RARE_WORDS) known.add(this.#madeUp());
    this.#words = [...known];
    // Zipf: the nth word is said a little less often than 1/n of the first.
    const weights = this.#words.map((_, at) => 1 / (at + 2.7) ** 1.05);
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    let before = 0;
    this.#shares = Float64Array.from(weights, (weight) => (before += weight / all));
  }

  /** What a person asks: mostly one sentence, now and then with code. */
  prompt(): string {
    const random = this.#random;
    if (random.chance(0.06)) return `${this.#unspaced(random.between(1, 3))}？`;
    const text = this.#sentences(random.chance(0.2) ? random.between(2, 6) : 1);
    return random.chance(0.05) ? `${text}\n\n${this.#code()}` : text;
  }

  /** What a model answers: some paragraphs, in one of five cases with code. */
  answer(): string {
    const random = this.#random;
    if (random.chance(0.06)) return `${this.#unspaced(random.between(3, 12))}。`;
    const paragraphs = Array.from({ length: random.between(1, 4) }, () =>
      this.#sentences(random.between(1, 5)),
    );
    if (random.chance(0.2)) paragraphs.splice(1, 0, this.#code());
    return paragraphs.join("\n\n");
  }

  /** A few words, as the title of a conversation. */
  title(): string {
    const random = this.#random;
    return random.chance(0.06) ? this.#unspaced(1) : this.#wordsOf(random.between(2, 6));
  }

  /** One word, as often as it is said. */
  word(): string {
    const at = this.#random.next();
    let low = 0;
    let high = this.#shares.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#shares[middle] ?? 1) < at) low = middle + 1;
      else high = middle;
    }
    return this.#words[low] ?? "";
  }

  #wordsOf(count: number): string {
    let text = this.word();
    for (let n = 1; n < count; n++) text += ` ${this.word()}`;
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  #sentences(count: number): string {
    let text = "";
    for (let n = 0; n < count; n++) {
      text += `${n > 0 ? " " : ""}${this.#wordsOf(this.#random.between(5, 20))}.`;
    }
    return text;
  }

  #unspaced(clauses: number): string {
    const words = this.#random.chance(0.5) ? CHINESE : JAPANESE;
    const clause = () =>
      Array.from({ length: this.#random.between(4, 10) }, () => this.#random.pick(words)).join("");
    return Array.from({ length: clauses }, clause).join("，");
  }

  #code(): string {
    const line = () => {
      const [name, other] = [this.word(), this.word()];
      return `  const ${name}_${this.#random.between(1, 99)} = ${other}(${name}, ${this.#random.between(0, 999)});`;
    };
    const lines = Array.from({ length: this.#random.between(2, 10) }, line);
    return ["```ts", `export function ${this.word()}() {`, ...lines, "}", "```"].join("\n");
  }

  #madeUp(): string {
    const random = this.#random;
    const syllable = () => random.pick(ONSETS) + random.pick(VOWELS) + random.pick(CODAS);
    const start = random.chance(0.2) ? random.pick(STARTS) : "";
    return start + syllable() + random.pick(ENDS);
  }
}
