/**
 * Blocks of answers as markdown/ makes them: what the patterns page shows without asking a model.
 * Made once from Markdown; the long lines are HTML, not code.
 */

export const TIDES =
  "<p>The sea rises and falls because the Moon pulls on the near side of the Earth <strong>a little more</strong> than on the far side. The difference is what counts: it draws the water into two bulges, and the Earth turns beneath them.</p>";

export const TIDES_LIST =
  '<ul>\n<li><strong>Spring tides</strong> come with a full or a new moon, when Sun and Moon pull along one line.</li>\n<li><strong>Neap tides</strong> come with the half moons, when they pull at right angles.\n<ul>\n<li>The range may be half of that at springs.</li>\n</ul>\n</li>\n<li>In a narrow bay the shape of the coast matters more than either, see <a href="https://en.wikipedia.org/wiki/Bay_of_Fundy">the Bay of Fundy</a>.</li>\n</ul>';

export const HEADINGS =
  '<h3>A heading of the first rank in an answer</h3>\n<p>Text under it, with <code>inline code</code>, <s>a word taken back</s>, <em>stress</em> and a link to <a href="https://example.org/a/very/long/path/that/does/not/break/anywhere/by/itself/because/it/has/no/spaces/at/all">https://example.org/a/very/long/path/that/does/not/break/anywhere/by/itself/because/it/has/no/spaces/at/all</a>.</p>\n<h4>One of the second</h4>\n<h5>One of the third</h5>\n<p>Text under it.</p>';

export const ORDERED =
  '<ol>\n<li>\n<p>Soak the chickpeas overnight.</p>\n</li>\n<li>\n<p>Boil them with a bay leaf:</p>\n<p>Forty minutes, or until one can be crushed between two fingers.</p>\n</li>\n<li>\n<p>Keep the water.</p>\n</li>\n</ol>\n<ul class="task-list-container">\n<li class="task-list-item"><label><input type="checkbox" checked disabled> tins of tomatoes</label></li>\n<li class="task-list-item"><label><input type="checkbox" disabled> cumin</label></li>\n<li class="task-list-item"><label><input type="checkbox" disabled> lemons, at least two</label></li>\n</ul>';

export const QUOTE =
  "<blockquote>\n<p>It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a wife.</p>\n</blockquote>\n<hr>";

export const CODE_TS =
  '<figure class="code"><figcaption>ts</figcaption><pre tabindex="0"><code class="hljs language-ts"><span class="hljs-keyword">import</span> { moon } <span class="hljs-keyword">from</span> <span class="hljs-string">&quot;./sky&quot;</span>;\n\n<span class="hljs-comment">/** Height of the tide in metres, hour by hour. */</span>\n<span class="hljs-keyword">export</span> <span class="hljs-keyword">async</span> <span class="hljs-keyword">function</span>* <span class="hljs-title function_">tides</span>(<span class="hljs-attr">port</span>: <span class="hljs-title class_">Port</span>, <span class="hljs-keyword">from</span> = <span class="hljs-keyword">new</span> <span class="hljs-title class_">Date</span>()): <span class="hljs-title class_">AsyncGenerator</span>&lt;<span class="hljs-title class_">Tide</span>&gt; {\n  <span class="hljs-keyword">const</span> range = port.<span class="hljs-property">springRange</span> ?? <span class="hljs-number">4.2</span>; <span class="hljs-comment">// metres</span>\n  <span class="hljs-keyword">for</span> (<span class="hljs-keyword">let</span> hour = <span class="hljs-number">0</span>; hour &lt; <span class="hljs-number">24</span>; hour++) {\n    <span class="hljs-keyword">const</span> phase = <span class="hljs-title function_">moon</span>(<span class="hljs-keyword">from</span>, { hour, <span class="hljs-attr">precise</span>: <span class="hljs-literal">true</span>, <span class="hljs-attr">source</span>: <span class="hljs-string">&quot;https://example.org/ephemeris/2026.json&quot;</span> });\n    <span class="hljs-keyword">yield</span> { hour, <span class="hljs-attr">height</span>: range * <span class="hljs-title class_">Math</span>.<span class="hljs-title function_">cos</span>(phase / <span class="hljs-number">12.42</span>) };\n  }\n}\n</code></pre></figure>';

export const CODE_PY =
  '<figure class="code"><figcaption>python</figcaption><pre tabindex="0"><code class="hljs language-python"><span class="hljs-meta">@dataclass</span>\n<span class="hljs-keyword">class</span> <span class="hljs-title class_">Tide</span>:\n    <span class="hljs-string">&quot;&quot;&quot;One row of the table.&quot;&quot;&quot;</span>\n    hour: <span class="hljs-built_in">int</span>\n    height: <span class="hljs-built_in">float</span> = <span class="hljs-number">0.0</span>\n\n    <span class="hljs-keyword">def</span> <span class="hljs-title function_">__str__</span>(<span class="hljs-params">self</span>) -&gt; <span class="hljs-built_in">str</span>:\n        <span class="hljs-keyword">return</span> <span class="hljs-string">f&quot;<span class="hljs-subst">{self.hour:02d}</span>:00  <span class="hljs-subst">{self.height:+<span class="hljs-number">.1</span>f}</span> m&quot;</span>  <span class="hljs-comment"># e.g. 06:00  +2.1 m</span>\n</code></pre></figure>';

export const CODE_DIFF =
  '<figure class="code"><figcaption>diff</figcaption><pre tabindex="0"><code class="hljs language-diff"><span class="hljs-comment">--- a/compose.yaml</span>\n<span class="hljs-comment">+++ b/compose.yaml</span>\n<span class="hljs-meta">@@ -3,4 +3,4 @@</span>\n<span class="hljs-deletion">-    image: ollama/ollama:0.9</span>\n<span class="hljs-addition">+    image: ollama/ollama:0.13</span>\n     ports:\n</code></pre></figure>';

export const CODE_CSS =
  '<figure class="code"><figcaption>css</figcaption><pre tabindex="0"><code class="hljs language-css"><span class="hljs-keyword">@media</span> (<span class="hljs-attribute">min-width</span>: <span class="hljs-number">900px</span>) {\n  <span class="hljs-selector-class">.sidebar</span><span class="hljs-selector-attr">[popover]</span><span class="hljs-selector-pseudo">:not</span>(:popover-open) {\n    <span class="hljs-attribute">display</span>: flex; <span class="hljs-comment">/* always there */</span>\n    <span class="hljs-attribute">inset</span>: <span class="hljs-number">0</span> auto auto;\n    <span class="hljs-attribute">color</span>: <span class="hljs-number">#1d1b18</span>;\n  }\n}\n</code></pre></figure>';

export const CODE_XML =
  '<figure class="code"><figcaption>xml</figcaption><pre tabindex="0"><code class="hljs language-xml"><span class="hljs-tag">&lt;<span class="hljs-name">form</span> <span class="hljs-attr">method</span>=<span class="hljs-string">&quot;post&quot;</span> <span class="hljs-attr">action</span>=<span class="hljs-string">&quot;/ask&quot;</span>&gt;</span>\n  <span class="hljs-comment">&lt;!-- any page can do this --&gt;</span>\n  <span class="hljs-tag">&lt;<span class="hljs-name">textarea</span> <span class="hljs-attr">name</span>=<span class="hljs-string">&quot;prompt&quot;</span>&gt;</span>Explain this runbook<span class="hljs-tag">&lt;/<span class="hljs-name">textarea</span>&gt;</span>\n<span class="hljs-tag">&lt;/<span class="hljs-name">form</span>&gt;</span>\n</code></pre></figure>';

export const CODE_SH =
  '<figure class="code"><figcaption>bash</figcaption><pre tabindex="0"><code class="hljs language-bash">curl -fsSL https://ollama.com/install.sh | sh\nollama pull qwen3:8b &amp;&amp; <span class="hljs-built_in">echo</span> <span class="hljs-string">&quot;ready in <span class="hljs-variable">$SECONDS</span> s&quot;</span>\n</code></pre></figure>';

export const TABLE =
  '<div class="table" role="region" aria-label="Table" tabindex="0"><table>\n<thead>\n<tr>\n<th class="align-left">Port</th>\n<th class="align-right">Spring range</th>\n<th class="align-right">Neap range</th>\n<th class="align-center">High water after the moon</th>\n<th class="align-left">Remarks</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class="align-left">Saint-Malo</td>\n<td class="align-right">12.2 m</td>\n<td class="align-right">5.4 m</td>\n<td class="align-center">6 h 05</td>\n<td class="align-left">One of the largest ranges in Europe, and a power station that lives on it</td>\n</tr>\n<tr>\n<td class="align-left">Hamburg</td>\n<td class="align-right">3.8 m</td>\n<td class="align-right">3.1 m</td>\n<td class="align-center">3 h 50</td>\n<td class="align-left">A hundred kilometres up the river</td>\n</tr>\n<tr>\n<td class="align-left">Piraeus</td>\n<td class="align-right">0.2 m</td>\n<td class="align-right">0.1 m</td>\n<td class="align-center">9 h 40</td>\n<td class="align-left">Hardly any</td>\n</tr>\n</tbody>\n</table>\n</div>';

export const MATH =
  '<p>The height at time <span class="katex"><math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>t</mi></mrow><annotation encoding="application/x-tex">t</annotation></semantics></math></span> is a sum over constituents, each with amplitude <span class="katex"><math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><msub><mi>H</mi><mi>i</mi></msub></mrow><annotation encoding="application/x-tex">H_i</annotation></semantics></math></span>:</p>\n<div class="math" tabindex="0" role="group" aria-label="Formula"><math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><semantics><mrow><mi>h</mi><mo stretchy="false">(</mo><mi>t</mi><mo stretchy="false">)</mo><mo>=</mo><msub><mi>h</mi><mn>0</mn></msub><mo>+</mo><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><msub><mi>f</mi><mi>i</mi></msub><msub><mi>H</mi><mi>i</mi></msub><mi>cos</mi><mo>⁡</mo><mrow><mo fence="true">(</mo><msub><mi>a</mi><mi>i</mi></msub><mi>t</mi><mo>+</mo><mo stretchy="false">{</mo><msub><mi>V</mi><mn>0</mn></msub><mo>+</mo><mi>u</mi><msub><mo stretchy="false">}</mo><mi>i</mi></msub><mo>−</mo><msub><mi>κ</mi><mi>i</mi></msub><mo fence="true">)</mo></mrow><mo>+</mo><mfrac><mn>1</mn><mn>2</mn></mfrac><msubsup><mo>∫</mo><mn>0</mn><mi>t</mi></msubsup><msqrt><mfrac><mi>g</mi><mrow><mi>d</mi><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo></mrow></mfrac></msqrt><mtext> </mtext><mi>d</mi><mi>x</mi><mo>+</mo><msub><mi>ε</mi><mtext>wind</mtext></msub><mo>+</mo><msub><mi>ε</mi><mtext>pressure</mtext></msub><mo>+</mo><msub><mi>ε</mi><mtext>river</mtext></msub></mrow><annotation encoding="application/x-tex">h(t) = h_0 + \\sum_{i=1}^{n} f_i H_i \\cos\\left(a_i t + \\{V_0 + u\\}_i - \\kappa_i\\right) + \\frac{1}{2}\\int_0^t \\sqrt{\\frac{g}{d(x)}}\\,dx + \\varepsilon_{\\text{wind}} + \\varepsilon_{\\text{pressure}} + \\varepsilon_{\\text{river}}</annotation></semantics></math></div>';

export const LONG_WORD =
  "<p>Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft and <code>sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</code> each stay inside the column. &lt;script&gt;alert(1)&lt;/script&gt; is shown as text.</p>";

export const IMAGE =
  '<p>The chart is here: <a class="image-link" href="https://example.org/tides.png" rel="noreferrer">Picture: tide table of Saint-Malo</a></p>';

export const ARABIC =
  "<p>يرتفع البحر وينخفض لأن القمر يجذب الجانب القريب من الأرض أكثر قليلاً من الجانب البعيد.</p>";

export const ARABIC_LIST =
  "<ul>\n<li>المد العالي يأتي مع البدر.</li>\n<li>المد المنخفض يأتي مع نصف القمر.</li>\n</ul>";

export const CJK =
  "<p>潮の満ち引きは、月が地球の近い側を遠い側より<strong>少しだけ強く</strong>引くことで起こります。海水は二つのふくらみになり、その下を地球が回ります。</p>";
