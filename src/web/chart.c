#include "web/chart.h"

#include "report/report.h"

enum { TALL = 16, BAR_TALL = 14, UNASKED_TALL = 6, SPARK_WIDE = 96, SPARK_TALL = 20, SPANS_TOLD = 4, STEPS_TALL = 72, STEPS_MARGIN = 20, STEPS_LEAST = 3 };

void chart_defs(buf *out)
{
    buf_putz(out, "<svg class=\"away\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs><pattern id=\"hatch\" class=\"hatch\" width=\"6\" "
                  "height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"3\" height=\"6\"/></pattern>"
                  "<pattern id=\"unasked\" class=\"unasked\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
                  "<rect width=\"1\" height=\"4\"/></pattern></defs></svg>\n");
}

/* Shares of the width in percent, so that a picture is as wide as its place and nothing in it is stretched.
 * The fill of the attribute holds where no class gives another: for what was not seen. */
static void put_rect(buf *out, test_state s, double x, double w, int y, int h)
{
    buf_fmt(out, "<rect class=\"f-%s\" fill=\"url(#hatch)\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"%d\" height=\"%d\"/>", state_name(s), x, w, y, h);
}

static void open_svg(buf *out, const char *css, str label)
{
    buf_fmt(out, "<svg class=\"%s\" role=\"img\" aria-label=\"", css);
    html_put(out, AT_ATTR, label);
    buf_putz(out, "\">");
}

/* ---- bars ---------------------------------------------------------------------------------- */

str chart_counts_text(arena *a, str label, const int64_t by_state[STATE_COUNT_])
{
    buf  b = buf_new(a, 4096);
    bool first = true;
    buf_puts(&b, label);
    buf_putz(&b, label.n ? ": " : "");
    for (int s = 0; s < STATE_COUNT_; s++)
        if (by_state[s]) {
            buf_fmt(&b, "%s%lld %s", first ? "" : ", ", (long long)by_state[s], state_word((test_state)s));
            first = false;
        }
    buf_putz(&b, first ? "nothing" : "");
    return buf_str(&b);
}

void chart_bar(arena *a, buf *out, str label, const int64_t by_state[STATE_COUNT_])
{
    int64_t total = 0, before = 0;
    for (int s = 0; s < STATE_COUNT_; s++)
        total += by_state[s];
    open_svg(out, "bar", chart_counts_text(a, label, by_state));
    for (int s = 0; total && s < STATE_COUNT_; s++) {
        if (by_state[s])
            put_rect(out, (test_state)s, (double)before * 100 / (double)total, (double)by_state[s] * 100 / (double)total, 0, BAR_TALL);
        before += by_state[s];
    }
    buf_putz(out, "</svg>");
}

/* ---- the period strip ------------------------------------------------------------------------- */

static double percent_of(time_us t, time_us from, time_us to) { return to > from ? (double)(t - from) * 100 / (double)(to - from) : 0; }

/* What held is a thin line; what asks for somebody is tall, so that it is seen first. */
static bool is_calm(test_state s) { return s == STATE_PASS || s == STATE_ATTESTED || s == STATE_NOT_APPLICABLE || s == STATE_NEEDS_REVIEW; }

static void put_span(buf *out, const strip *s, const strip_span *sp)
{
    double x = percent_of(sp->from, s->from, s->to), w = percent_of(sp->to, s->from, s->to) - x;
    bool   calm = is_calm(sp->state);
    put_rect(out, sp->state, x, w > 0.3 ? w : 0.3, calm ? TALL / 2 - 2 : 1, calm ? 4 : TALL - 2);
}

/* Nobody looked: never drawn as what stood before or after. */
static void put_unasked(buf *out, double x, double w, int y)
{
    if (w > 0)
        buf_fmt(out, "<rect fill=\"url(#unasked)\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"%d\" height=\"%d\"/>", x, w, y, UNASKED_TALL);
}

static str days_text(arena *a, time_us unasked, time_us whole)
{
    int64_t days = (unasked + DAYS(1) / 2) / DAYS(1), all = (whole + DAYS(1) / 2) / DAYS(1);
    return days ? str_fmt(a, "not assessed for %lld of %lld days", (long long)days, (long long)all) : S("");
}

static time_us strip_unasked(const strip *s)
{
    time_us n = s->to - s->from;
    for (size_t i = 0; i < s->n_spans; i++)
        n -= s->spans[i].to - s->spans[i].from;
    return n;
}

/* The span that goes on into `last` in the same state, as each asking between found it. */
static size_t same_state_from(const strip *s, size_t last)
{
    while (last > 0 && s->spans[last - 1].state == s->spans[last].state)
        last--;
    return last;
}

time_us strip_since(const strip *s) { return s->n_spans ? s->spans[same_state_from(s, s->n_spans - 1)].from : 0; }

static size_t tell_spans(ask *q, buf *b, const strip *s)
{
    size_t told = 0, end = s->n_spans;
    while (end > 0 && told < SPANS_TOLD) {
        size_t            first = same_state_from(s, end - 1);
        const strip_span *from = &s->spans[first], *to = &s->spans[end - 1];
        buf_putz(b, told == 0 ? "" : told == 1 ? "; before: " : ", ");
        buf_fmt(b, "%s" STR_FMT STR_FMT " (" STR_FMT ")", state_word(from->state), STR_ARG(told || to->to < s->to ? S(" from ") : S(" since ")),
                STR_ARG(date_text(q, from->from)), STR_ARG(time_span(q->a, to->to - from->from)));
        end = first;
        told++;
    }
    return end;
}

str chart_strip_text(ask *q, const strip *s)
{
    buf    b = buf_new(q->a, 8192);
    str    unasked = days_text(q->a, strip_unasked(s), s->to - s->from);
    size_t changes = 0;
    buf_puts(&b, s->label);
    buf_putz(&b, s->label.n ? ": " : "");
    if (!s->n_spans)
        buf_putz(&b, "never assessed in this period");
    for (size_t left = tell_spans(q, &b, s); left > 0; left = same_state_from(s, left - 1))
        changes++;
    if (changes)
        buf_fmt(&b, ", and %zu change%s before", changes, changes == 1 ? "" : "s");
    if (s->n_spans && unasked.n)
        buf_fmt(&b, "; " STR_FMT, STR_ARG(unasked));
    if (s->n_marks)
        buf_fmt(&b, "; %zu exception%s began", s->n_marks, s->n_marks == 1 ? "" : "s");
    return buf_str(&b);
}

void chart_strip(ask *q, buf *out, const strip *s)
{
    time_us seen = s->from;
    open_svg(out, "strip", chart_strip_text(q, s));
    for (size_t i = 0; i <= s->n_spans; i++) {
        time_us next = i < s->n_spans ? s->spans[i].from : s->to;
        double  x = percent_of(seen, s->from, s->to);
        put_unasked(out, x, percent_of(next, s->from, s->to) - x, (TALL - UNASKED_TALL) / 2);
        if (i == s->n_spans)
            break;
        put_span(out, s, &s->spans[i]);
        seen = s->spans[i].to;
    }
    for (size_t i = 0; i < s->n_marks; i++)
        if (s->marks[i] >= s->from && s->marks[i] < s->to)
            buf_fmt(out, "<rect class=\"mark\" x=\"%.2f%%\" y=\"0\" width=\"2\" height=\"%d\"/>", percent_of(s->marks[i], s->from, s->to), TALL);
    buf_putz(out, "</svg>");
}

typedef DA(strip_span) span_list;

static void add_span(arena *a, span_list *l, strip_span sp, time_us from, time_us to)
{
    sp.from = sp.from > from ? sp.from : from;
    sp.to = sp.to < to ? sp.to : to;
    strip_span *last = l->n ? &l->v[l->n - 1] : NULL;
    if (sp.from >= sp.to)
        return;
    if (last && last->state == sp.state && last->to >= sp.from)
        last->to = sp.to > last->to ? sp.to : last->to;      /* another version of the row, the same state */
    else
        da_push(a, l) = sp;
}

/* The parts of a version's time in which somebody asked: from each asking until patience ends. It was asked when it began. */
static span_list parts_asked(arena *a, strip_span sp, const time_us *asked, size_t n_asked, size_t *at)
{
    span_list  l = { 0 };
    strip_span part = { sp.from, sp.from + STRIP_PATIENCE, sp.state };
    while (*at < n_asked && asked[*at] < sp.to) {
        time_us t = asked[(*at)++];
        if (t < part.from)
            continue;
        if (t > part.to) {
            da_push(a, &l) = part;
            part.from = t;
        }
        part.to = t + STRIP_PATIENCE;
    }
    part.to = part.to < sp.to ? part.to : sp.to;
    da_push(a, &l) = part;
    return l;
}

strip strip_of(arena *a, str label, const strip_rows *rows, time_us from, time_us to)
{
    span_list l = { 0 };
    size_t    at = 0;
    for (size_t i = rows->first; i < rows->first + rows->n; i++) {
        strip_span sp = { cell_time(table_cell(rows->t, i, rows->since)), cell_time(table_cell(rows->t, i, rows->until)), STATE_ERROR };
        if (!state_parse(table_cell(rows->t, i, rows->state), &sp.state))
            continue;
        span_list parts = parts_asked(a, sp, rows->asked, rows->n_asked, &at);
        for (size_t k = 0; k < parts.n; k++)
            add_span(a, &l, parts.v[k], from, to);
    }
    return (strip){ .label = label, .from = from, .to = to, .spans = l.v, .n_spans = l.n };
}

err_t strip_asked(ask *q, time_us **ret, size_t *ret_n)
{
    row_table t = { 0 };
    TRY(app_rows(q->ws, q->a, "sql/web/assessed.sql", NULL, 0, q->as_of, &q->f, &t));
    time_us *v = NEW_ARRAY(q->a, time_us, t.n_rows + 1);
    for (size_t i = 0; i < t.n_rows; i++)
        v[i] = cell_time(table_cell(&t, t.n_rows - 1 - i, 0));
    *ret = v;
    *ret_n = t.n_rows;
    return ERR_OK;
}

/* The first of each month in the period; a year's period and longer is labelled by its quarters. */
void chart_strip_axis(ask *q, buf *out, time_us from, time_us to)
{
    int64_t y;
    int     m, d, step = to - from > DAYS(366) ? 12 : to - from > DAYS(200) ? 3 : 1;
    civil_from_days(from / DAYS(1), &y, &m, &d);
    buf_putz(out, "<svg class=\"strip-axis\" aria-hidden=\"true\">");
    for (time_us t = 0; t < to; m = m == 12 ? 1 : m + 1, y += m == 1) {
        t = DAYS(days_from_civil(y, m, 1));
        if (t < from || t >= to || (m - 1) % step)
            continue;
        double at = percent_of(t, from, to);
        str    text = date_text(q, t);
        buf_fmt(out, "<line x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"0\" y2=\"5\"/><text x=\"%.2f%%\" y=\"16\" text-anchor=\"%s\">" STR_FMT "</text>", at, at, at,
                at > 90 ? "end" : "start", STR_ARG(step == 12 ? text : str_sub(text, 0, text.n - 5)));
    }
    buf_putz(out, "</svg>");
}

/* ---- exceptions over time ----------------------------------------------------------------------------- */

typedef struct {
    buf                *out;
    const chart_series *s;
    int64_t             most;            /* what is as tall as the picture; at least 1 */
    time_us             seen, unasked;         /* up to where it is drawn; how much of that nobody asked about */
} steps_writer;

static double put_part(const steps_writer *w, const strip_span *part, const char *css, int64_t n, double bottom)
{
    double x = percent_of(part->from, w->s->from, w->s->to), wide = percent_of(part->to, w->s->from, w->s->to) - x;
    double tall = n > 0 ? (double)n * (STEPS_TALL - STEPS_MARGIN) / (double)w->most : 0;
    tall = n > 0 && tall < STEPS_LEAST ? STEPS_LEAST : tall;                 /* few are seen beside many */
    if (n > 0)
        buf_fmt(w->out, "<rect class=\"%s\" fill=\"url(#hatch)\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"%.1f\" height=\"%.1f\"/>", css, x,
                wide > 0.3 ? wide : 0.3, bottom - tall, tall);
    return bottom - tall;
}

/* What is not accepted at the bottom, on it what a waiver accepts, on that what could not be told. */
static void put_step(steps_writer *w, const chart_step *st, strip_span part)
{
    part.from = part.from > w->s->from ? part.from : w->s->from;
    part.to = part.to < w->s->to ? part.to : w->s->to;
    if (part.from >= part.to)
        return;
    if (part.from > w->seen) {
        double x = percent_of(w->seen, w->s->from, w->s->to);
        put_unasked(w->out, x, percent_of(part.from, w->s->from, w->s->to) - x, STEPS_TALL - UNASKED_TALL);
        w->unasked += part.from - w->seen;
    }
    double top = put_part(w, &part, "f-fail", st->failing - st->waived, STEPS_TALL);
    top = put_part(w, &part, "f-waived", st->waived, top);
    put_part(w, &part, "", st->blind && !st->unknown ? (w->most + 3) / 4 : st->unknown, top);
    w->seen = part.to > w->seen ? part.to : w->seen;
}

static void put_steps(ask *q, steps_writer *w, const time_us *asked, size_t n_asked)
{
    size_t at = 0;
    for (size_t i = 0; i < w->s->n; i++) {
        const chart_step *st = &w->s->v[i];
        span_list   parts = parts_asked(q->a, (strip_span){ st->from, st->to, STATE_FAIL }, asked, n_asked, &at);
        for (size_t k = 0; k < parts.n; k++)
            put_step(w, st, parts.v[k]);
    }
    if (w->s->to > w->seen) {
        double x = percent_of(w->seen, w->s->from, w->s->to);
        put_unasked(w->out, x, 100 - x, STEPS_TALL - UNASKED_TALL);
        w->unasked += w->s->to - w->seen;
    }
}

void chart_steps(ask *q, buf *out, const chart_series *s, const time_us *asked, size_t n_asked)
{
    buf          drawn = buf_new(q->a, 1 << 20);
    int64_t      most = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->v[i].to > s->from && s->v[i].failing + s->v[i].unknown > most)
            most = s->v[i].failing + s->v[i].unknown;
    steps_writer w = { .out = &drawn, .s = s, .most = most ? most : 1, .seen = s->from };
    put_steps(q, &w, asked, n_asked);
    const chart_step *last = s->n ? &s->v[s->n - 1] : &(chart_step){ 0 };
    str         unasked = days_text(q->a, w.unasked, s->to - s->from);
    buf_fmt(out, "<svg class=\"chart\" height=\"%d\" role=\"img\" aria-label=\"Items that fail over time: %lld when last assessed, %lld of them waived, "
            "%lld that could not be told; at most %lld at a time in this period%s" STR_FMT "\">", STEPS_TALL + 1, (long long)last->failing, (long long)last->waived,
            (long long)last->unknown, (long long)most, unasked.n ? "; " : "", STR_ARG(unasked));
    buf_puts(out, buf_str(&drawn));
    buf_fmt(out, "<line class=\"axis\" x1=\"0\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/><text x=\"0\" y=\"11\">at most %lld</text>"
            "<text x=\"100%%\" y=\"11\" text-anchor=\"end\">%s %lld", STEPS_TALL, STEPS_TALL, (long long)most, w.seen < s->to ? "last" : "now", (long long)last->failing);
    if (last->unknown)
        buf_fmt(out, ", %lld unknown", (long long)last->unknown);
    buf_putz(out, "</text></svg>");
}

void chart_key(buf *out)
{
    static const struct { const char *css, *fill, *word; } keys[] = {
        { "f-fail", "", "fails" }, { "f-waived", "", "fails, waived" }, { "", "url(#hatch)", "could not be told" }, { "", "url(#unasked)", "not assessed" },
    };
    buf_putz(out, "<ul class=\"key\">");
    for (size_t i = 0; i < COUNT(keys); i++)
        buf_fmt(out, "<li><svg aria-hidden=\"true\"><rect class=\"%s\" fill=\"%s\" width=\"12\" height=\"12\"/></svg> %s</li>", keys[i].css, keys[i].fill, keys[i].word);
    buf_putz(out, "</ul>");
}

/* ---- small ones ---------------------------------------------------------------------------------- */

void chart_spark(arena *a, buf *out, str label, const int64_t *v, size_t n)
{
    int64_t low = n ? v[0] : 0, high = low;
    for (size_t i = 1; i < n; i++) {
        low = v[i] < low ? v[i] : low;
        high = v[i] > high ? v[i] : high;
    }
    if (n < 2)
        return;
    open_svg(out, "spark", str_fmt(a, STR_FMT ": from %lld to %lld, now %lld", STR_ARG(label), (long long)low, (long long)high, (long long)v[n - 1]));
    buf_putz(out, "<path d=\"");
    for (size_t i = 0; i < n; i++) {
        double y = high == low ? SPARK_TALL / 2.0 : 1 + (double)(high - v[i]) * (SPARK_TALL - 2) / (double)(high - low);
        buf_fmt(out, "%c%.1f %.1f", i ? 'L' : 'M', (double)i * SPARK_WIDE / (double)(n - 1), y);
    }
    buf_putz(out, "\"/></svg>");
}

const char *chart_heat_class(int64_t score) { return score <= 5 ? "h-1" : score <= 9 ? "h-2" : score <= 14 ? "h-3" : "h-4"; }
