%% view policy_diff(const text_diff *v)
%% include "web/policy.h"
<div class="diff">
% for (size_t i = 0; i < v->n; i++) {
%   const diff_line *l = &v->v[i];
%   if (l->kind == DIFF_ADDED) {
<ins>{{ l->before }}<strong>{{ l->changed }}</strong>{{ l->after }}</ins>
%   }
%   if (l->kind == DIFF_REMOVED) {
<del>{{ l->before }}<strong>{{ l->changed }}</strong>{{ l->after }}</del>
%   }
%   if (l->kind == DIFF_SAME) {
<span>{{ l->before }}</span>
%   }
%   if (l->kind == DIFF_SKIPPED) {
<span class="quiet">{{ (int64_t)l->n }} lines that are the same</span>
%   }
% }
</div>
