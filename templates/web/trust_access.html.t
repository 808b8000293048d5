%% view trust_access(const trust_access_view *v)
%% include "web/trust.h"
%% include "web/markdown.h"
<p>This page is for {{ v->who }}. Every download is recorded.</p>
% if (!v->agreed) {
<section class="prose">
%   markdown_put(out, v->nda);
</section>
<form class="form" action="/trust/access/{{ query v->secret }}" method="post">
<div class="check"><input type="checkbox" id="agree" name="agree" value="yes" required><label for="agree">I have read this and agree, for the company I ask for.</label></div>
<div class="actions"><button>Continue to the documents</button></div>
</form>
% } else if (v->n_docs == 0) {
<p class="empty">No document is offered just now.</p>
% } else {
<ul class="plain-list">
%   for (size_t i = 0; i < v->n_docs; i++) {
<li><a href="{{ v->docs[i].href }}">{{ v->docs[i].title }}</a> <span class="quiet">{{ v->docs[i].description }}</span></li>
%   }
</ul>
% }
