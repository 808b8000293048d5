%% view design_tables(const design_view *v)
%% include "web/design.h"
% (void)v;
<section class="section"><header><h2>Lists</h2><a href="/design">All 61 of them</a></header>
<form class="filters" action="/design" method="get"><label>State<select name="state"><option value="">any</option><option>fail</option></select></label><label>Holds<input name="q" type="search"></label><label class="check"><input type="checkbox" name="mine" value="yes">mine</label><button class="plain">Filter</button></form>
<div class="list-head"><p>61 shown by name</p><p><a href="/design">CSV</a></p></div>
<div class="scroll" role="region" aria-label="A list" tabindex="0"><table class="stack">
<caption class="away">An example of a list</caption>
<thead><tr><th scope="col" aria-sort="ascending"><a href="/design">Name</a></th><th scope="col">State</th><th scope="col" class="num">Items</th><th scope="col">Seen</th></tr></thead>
<tbody>
<tr><th scope="row"><a href="/design">access.mfa</a><span class="sub">Every account has a second factor</span></th><td><span class="state s-fail"><span aria-hidden="true">✗</span> fail</span></td><td class="num" data-label="Items"><a href="/design">3 of 132</a></td><td data-label="Seen">4 min ago</td></tr>
<tr><th scope="row"><a href="/design">ssh.root</a><span class="sub">Nobody signs in as root</span></th><td><span class="state s-pass"><span aria-hidden="true">✓</span> pass</span></td><td class="num" data-label="Items"><a href="/design">12</a></td><td data-label="Seen">4 min ago</td></tr>
</tbody></table></div>
<nav class="pages" aria-label="Pages of the list"><a href="/design">Back</a> <span aria-current="page">2</span> <a href="/design">3</a> <a href="/design">Next</a></nav>
<p class="quiet">table.stack makes blocks of rows on phones, td[data-label] names its cells; .scroll keeps a wide one in its place.</p>
<ul class="work"><li><div><a href="/design">ul.work: something to be done</a> <span class="sub">whose it is</span></div> <time>in 3 days</time></li></ul>
<nav class="tabs" aria-label="Parts"><ul><li><a href="/design" aria-current="page">nav.tabs</a></li><li><a href="/design">History</a></li></ul></nav>
<dl class="facts"><dt>dl.facts</dt><dd>the fields of one thing</dd><dt>Owner</dt><dd><a href="/design">Ann Example</a></dd><dt>Due</dt><dd class="unknown">not known</dd></dl></section>
<section class="section"><h2>Over time</h2>
<ol class="timeline"><li><p>ol.timeline: the state became <strong>approved</strong></p><time>12 Mar 2026, 14:05 UTC</time> <span class="who">by Ann Example</span></li><li><p>It was added</p><time>10 Mar 2026, 09:00 UTC</time> <span class="who">by Bo Example</span></li></ol>
<div class="diff"><span>Access is reviewed.</span><del>It is reviewed every year.</del><ins>It is reviewed every quarter.</ins></div>
<ol class="steps"><li class="done"><p>ol.steps: what is done</p></li><li aria-current="step"><p>What is to be done now</p></li><li><p>What comes then</p></li></ol></section>
<section class="section"><h2>Boards, heat maps, calendars</h2>
<div class="board" role="region" aria-label="A board" tabindex="0"><section><h3>Before the first day</h3><div class="card"><p><a href="/design">Order a laptop</a></p><span class="sub">Bo Example, in 3 days</span></div></section><section><h3>First week</h3><div class="card"><p><a href="/design">Read the policies</a></p></div></section><section><h3>Done</h3><p class="quiet">Nothing yet.</p></section></div>
<div class="scroll" role="region" aria-label="A heat map" tabindex="0"><table class="heat"><caption class="away">Risks by likelihood and impact</caption><thead><tr><td></td>
% for (int i = 1; i <= 5; i++) {
<th scope="col">impact {{ i }}</th>
% }
</tr></thead><tbody>
% for (int l = 5; l > 3; l--) {
<tr><th scope="row">likelihood {{ l }}</th>
%   for (int i = 1; i <= 5; i++) {
<td class="{{ chart_heat_class(l * i) }}"><a href="/design">{{ i }}</a></td>
%   }
</tr>
% }
</tbody></table></div>
<div class="scroll" role="region" aria-label="A calendar" tabindex="0"><table class="calendar"><caption class="away">A week</caption><thead><tr><th scope="col">Mon</th><th scope="col">Tue</th><th scope="col">Wed</th></tr></thead><tbody><tr><td class="out"><span class="day">30</span></td><td><span class="day">1</span><ul><li><a href="/design">Access review</a></li></ul></td><td class="today"><span class="day">2</span></td></tr></tbody></table></div></section>
