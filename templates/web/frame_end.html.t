%% view frame_end(const frame_view *v)
%% include "web/page.h"
</main>
% if (!v->p->bare) {
<footer class="foot"><p>{{ v->workspace }}. Times are UTC.</p></footer>
% }
</body>
</html>
