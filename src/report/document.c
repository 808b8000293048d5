/* Documents of tables: terminal, HTML, JSON, CSV from one and the same value. */
#include "report/document.h"

#include "csv/csv.h"

enum { GAP_COLUMNS = 2, CELL_MAX = 40 };

/* ---- terminal ----------------------------------------------------------------------------- */

static void put_bold(buf *out, const report_style *st, str text)
{
    put_style(out, st, BOLD);
    put_plain(out, text);
    put_style(out, st, RESET);
}

static str cell_at(const doc_table *t, size_t row, size_t column) { return t->cells[row * t->n_columns + column]; }

/* Columns beside each other need this much; 0 when a line would be too long. */
static bool widths_of(arena *a, const doc_table *t, int width, int **ret)
{
    int sum = 0;
    *ret = NEW_ARRAY(a, int, t->n_columns);
    for (size_t k = 0; k < t->n_columns; k++) {
        size_t most = text_columns(str_of(t->columns[k].name));
        for (size_t r = 0; r < t->n_rows; r++) {
            size_t n = text_columns(cell_at(t, r, k)) + (t->columns[k].kind == COLUMN_IS_STATE ? 2 : 0);
            most = n > most ? n : most;
        }
        (*ret)[k] = (int)(most > CELL_MAX ? CELL_MAX + 1 : most);
        sum += (*ret)[k] + GAP_COLUMNS;
    }
    return sum - GAP_COLUMNS <= width;
}

static void put_value(const report_style *st, const doc_column *c, str cell, int width, buf *out)
{
    test_state s;
    if (c->kind == COLUMN_IS_STATE && state_parse(cell, &s)) {
        put_state(out, st, s, false);
        buf_putc(out, ' ');
        put_cell(out, str_of(state_word(s)), width - 2);
    } else if (c->kind == COLUMN_IS_NUMBER) {
        for (int pad = width - (int)text_columns(cell); pad > 0; pad--)
            buf_putc(out, ' ');
        put_plain(out, cell);
    } else {
        put_cell(out, cell, width);
    }
}

static void end_line(buf *out)
{
    while (out->n && out->p[out->n - 1] == ' ')
        out->n--;
    buf_putc(out, '\n');
}

static void rows_aligned(const doc_table *t, const report_style *st, const int *widths, buf *out)
{
    put_style(out, st, FAINT);
    for (size_t k = 0; k < t->n_columns; k++) {
        put_value(st, &(doc_column){ t->columns[k].name, t->columns[k].kind == COLUMN_IS_NUMBER ? COLUMN_IS_NUMBER : COLUMN_IS_TEXT },
                  str_of(t->columns[k].name), widths[k], out);
        buf_putz(out, "  ");
    }
    end_line(out);
    put_style(out, st, RESET);
    for (size_t r = 0; r < t->n_rows; r++) {
        for (size_t k = 0; k < t->n_columns; k++) {
            put_value(st, &t->columns[k], cell_at(t, r, k), widths[k], out);
            buf_putz(out, "  ");
        }
        end_line(out);
    }
}

/* One block a row: the first cell as its heading, the others as "name: value". */
static void rows_stacked(arena *a, const doc_table *t, const report_style *st, buf *out)
{
    for (size_t r = 0; r < t->n_rows; r++) {
        test_state s;
        put_bold(out, st, cell_at(t, r, 0));
        for (size_t k = 1; k < t->n_columns; k++)
            if (t->columns[k].kind == COLUMN_IS_STATE && state_parse(cell_at(t, r, k), &s)) {
                buf_putz(out, "  ");
                put_state(out, st, s, true);
            }
        buf_putc(out, '\n');
        for (size_t k = 1; k < t->n_columns; k++) {
            str cell = cell_at(t, r, k);
            if (!cell.n || t->columns[k].kind == COLUMN_IS_STATE)
                continue;
            buf_putz(out, "  ");
            put_wrapped(out, str_fmt(a, "%s: " STR_FMT, t->columns[k].name, STR_ARG(cell)), 4, st->width);
        }
    }
}

void document_text(arena *a, const document *d, const report_style *st, buf *out)
{
    put_bold(out, st, str_fmt(a, STR_FMT ": " STR_FMT, STR_ARG(d->workspace), STR_ARG(d->title)));
    buf_puts(out, str_fmt(a, ", as of " STR_FMT "\n", STR_ARG(time_people(a, d->as_of))));
    put_wrapped(out, d->intro, 0, st->width);
    for (size_t i = 0; i < d->n_tables; i++) {
        const doc_table *t = &d->tables[i];
        int             *widths;
        buf_putc(out, '\n');
        put_bold(out, st, t->heading);
        buf_putc(out, '\n');
        if (t->note.n)
            put_wrapped(out, t->note, 0, st->width);
        if (!t->n_rows)
            put_wrapped(out, t->empty, 0, st->width);
        else if (widths_of(a, t, st->width, &widths))
            rows_aligned(t, st, widths, out);
        else
            rows_stacked(a, t, st, out);
    }
}

/* ---- files ----------------------------------------------------------------------------------- */

void document_html(arena *a, const document *d, buf *out)
{
    const asset  *css = asset_find(S("assets/report.css"));
    str          *anchors = NEW_ARRAY(a, str, d->n_tables);
    for (size_t i = 0; i < d->n_tables; i++)
        anchors[i] = str_fmt(a, "part-%zu", i + 1);
    tpl_document(out, &(document_view){ .d = d, .as_of = time_people(a, d->as_of), .css = css->bytes, .anchors = anchors });
}

void document_json(arena *a, const document *d, buf *out)
{
    json_writer w = { .b = out };
    jw_obj(&w);
    jw_kstr(&w, "title", d->title);
    jw_kstr(&w, "workspace", d->workspace);
    jw_kstr(&w, "as_of", time_rfc3339(a, d->as_of));
    jw_key(&w, "parts");
    jw_arr(&w);
    for (size_t i = 0; i < d->n_tables; i++) {
        const doc_table *t = &d->tables[i];
        jw_obj(&w);
        jw_kstr(&w, "heading", t->heading);
        jw_key(&w, "rows");
        jw_arr(&w);
        for (size_t r = 0; r < t->n_rows; r++) {
            jw_obj(&w);
            for (size_t k = 0; k < t->n_columns; k++)
                jw_kstr(&w, t->columns[k].name, cell_at(t, r, k));
            jw_end_obj(&w);
        }
        jw_end_arr(&w);
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    jw_end_obj(&w);
    buf_putc(out, '\n');
}

void document_csv(const document *d, buf *out)
{
    for (size_t i = 0; i < d->n_tables; i++) {
        const doc_table *t = &d->tables[i];
        csv_put(out, true, S("part"), false);
        for (size_t k = 0; k < t->n_columns; k++)
            csv_put(out, false, str_of(t->columns[k].name), false);
        csv_end(out);
        for (size_t r = 0; r < t->n_rows; r++) {
            csv_put(out, true, t->heading, false);
            for (size_t k = 0; k < t->n_columns; k++)
                csv_put(out, false, cell_at(t, r, k), t->columns[k].kind == COLUMN_IS_NUMBER);
            csv_end(out);
        }
    }
}
