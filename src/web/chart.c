#include "web/chart.h"

#include "report/report.h"

enum { TALL = 16, BAR_TALL = 14, SPARK_WIDE = 96, SPARK_TALL = 20, SPANS_TOLD = 4 };

void chart_defs(buf *out)
{
    buf_putz(out, "<svg class=\"away\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs><pattern id=\"hatch\" class=\"hatch\" width=\"6\" "
                  "height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"3\" height=\"6\"/></pattern></defs></svg>\n");
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

str chart_strip_text(ask *q, const strip *s)
{
    buf b = buf_new(q->a, 8192);
    buf_puts(&b, s->label);
    buf_putz(&b, s->label.n ? ": " : "");
    if (!s->n_spans)
        buf_putz(&b, "never assessed in this period");
    for (size_t told = 0; told < s->n_spans && told < SPANS_TOLD; told++) {
        const strip_span *sp = &s->spans[s->n_spans - 1 - told];
        buf_putz(&b, told == 0 ? "" : told == 1 ? "; before: " : ", ");
        buf_fmt(&b, "%s" STR_FMT STR_FMT " (" STR_FMT ")", state_word(sp->state), STR_ARG(told || sp->to < s->to ? S(" from ") : S(" since ")), STR_ARG(date_text(q, sp->from)),
                STR_ARG(time_span(q->a, sp->to - sp->from)));
    }
    if (s->n_spans > SPANS_TOLD)
        buf_fmt(&b, ", and %zu changes before", s->n_spans - SPANS_TOLD);
    if (s->n_marks)
        buf_fmt(&b, "; %zu exception%s", s->n_marks, s->n_marks == 1 ? "" : "s");
    return buf_str(&b);
}

void chart_strip(ask *q, buf *out, const strip *s)
{
    open_svg(out, "strip", chart_strip_text(q, s));
    for (size_t i = 0; i < s->n_spans; i++)
        put_span(out, s, &s->spans[i]);
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
static void add_asked(arena *a, span_list *l, const strip_span *sp, const strip_rows *rows, size_t *at, time_us from, time_us to)
{
    strip_span part = { sp->from, sp->from + STRIP_PATIENCE, sp->state };
    while (*at < rows->n_asked && rows->asked[*at] < sp->to) {
        time_us t = rows->asked[(*at)++];
        if (t < part.from)
            continue;
        if (t > part.to) {
            add_span(a, l, part, from, to);
            part.from = t;
        }
        part.to = t + STRIP_PATIENCE;
    }
    part.to = part.to < sp->to ? part.to : sp->to;
    add_span(a, l, part, from, to);
}

strip strip_of(arena *a, str label, const strip_rows *rows, time_us from, time_us to)
{
    span_list l = { 0 };
    size_t    at = 0;
    for (size_t i = rows->first; i < rows->first + rows->n; i++) {
        strip_span sp = { cell_time(table_cell(rows->t, i, rows->since)), cell_time(table_cell(rows->t, i, rows->until)), STATE_ERROR };
        if (state_parse(table_cell(rows->t, i, rows->state), &sp.state))
            add_asked(a, &l, &sp, rows, &at, from, to);
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
