%% view design(const design_view *v)
%% include "web/design.h"
% chart_defs(out);
% static const int64_t counts[STATE_COUNT_] = { [STATE_ERROR] = 1, [STATE_NO_DATA] = 3, [STATE_FAIL] = 4, [STATE_GAP] = 2, [STATE_NEEDS_REVIEW] = 2, [STATE_ATTESTED] = 5, [STATE_PASS] = 12, [STATE_NOT_APPLICABLE] = 3 };
% static const char *const colours[] = { "pass", "fail", "no_data", "error", "needs_review", "attested", "not_applicable", "gap" };
% static const int64_t line[] = { 12, 12, 11, 14, 9, 7, 7, 4, 5, 3 };
<section class="section"><h2>Rules</h2>
<ul>
<li>Colour is for state and for what can be done, never for decoration; a state is always symbol, word and colour.</li>
<li>Steps of 8 px. Two weights of one sans; a mono for what machines wrote. Rules instead of boxes.</li>
<li>Every number is a link to the things it counts. Every list can be filtered, sorted, exported and shared by its address.</li>
<li>Nothing on a page needs a script, and no page carries style or script of its own.</li>
</ul></section>
<section class="section"><h2>States</h2>
<p class="inline">
% for (size_t i = 0; i < COUNT(colours); i++) {
%   state_mark m = state_mark_of(str_of(colours[i]));
<span class="state s-{{ m.css }}"><span aria-hidden="true">{{ m.symbol }}</span> {{ m.word }}</span>
% }
<span class="state s-fail waived"><span aria-hidden="true">✗</span> fail, waived until 1 Mar</span>
</p>
<p class="quiet">span.state.s-NAME, from state_mark_of(); .waived puts a corner on it. Records: .s-good, .s-busy, .s-late, .s-bad, .s-plain. A small word: <span class="tag">tag</span></p></section>
<section class="section"><h2>Pictures</h2>
% chart_bar(v->q->a, out, S("An example"), counts);
<p class="quiet">chart_bar(): parts as wide as their counts, worst first.</p>
% chart_strip(v->q, out, &v->strip);
% chart_strip_axis(v->q, out, v->from, v->to);
<p class="quiet">chart_strip(): tall is what failed; hatched tall is what was not seen, hatched low what was not assessed; a mark is an exception.</p>
<p>
% chart_spark(v->q->a, out, S("Open exceptions"), line, COUNT(line));
3 open exceptions <span class="quiet">chart_spark(): a line beside its number.</span></p>
<ul class="figures"><li><a href="/criteria">12 of 33</a> criteria met</li><li><a href="/criteria">4</a> cannot be told</li></ul>
<p class="quiet">ul.figures: a few numbers that matter.</p></section>
<section class="section"><h2>Messages</h2>
<p class="flash">.flash: what was just done.</p>
<p class="past">.past: this is how it stood on 1 Mar 2026.</p>
<p class="warning">.warning: something asks for care.</p>
<p class="note">.note: something to know.</p>
<ul class="faults"><li><strong>title</strong> is missing</li></ul>
<div class="empty"><p>.empty: what belongs here and why.</p><p><a class="button" href="/design">The first step</a></p></div></section>
% tpl_design_tables(out, v);
% tpl_design_forms(out, v);
<section class="section"><h2>Text</h2>
<p class="lead">.lead: one sentence under the title.</p>
<p>A paragraph of at most 72 characters a line, with a <a href="/design">link</a>, <strong>what matters</strong>, <code>code</code>, a key <kbd>Ctrl</kbd>, <span class="quiet">.quiet</span>, <span class="late">.late</span> and <span class="mono">.mono</span>.</p>
<div class="scroll" role="region" aria-label="A query" tabindex="0"><pre class="sql"><code><span class="c">-- .sql: .k words, .c remarks, .t text, .n numbers</span>
<span class="k">SELECT</span> login, mfa <span class="k">AS</span> ok <span class="k">FROM</span> account <span class="k">WHERE</span> uid &gt; <span class="n">999</span> <span class="k">AND</span> system = <span class="t">'web1'</span></code></pre></div>
<p class="hash">.hash: 3045844043209eedd48cbdf4b1aa238391a882da70ef0cf83aa7db506522070e</p>
<details class="more"><summary>details.more: what few need</summary><p>It stands here.</p></details></section>
