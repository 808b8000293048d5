/* edit without fields: the record as YAML in the editor, until it is right or given up. */
#include "cli/yaml.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TEXT_MAX = 4 << 20, FAULTS_SHOWN = 40 };

typedef struct {
    cli        *c;
    workspace  *ws;
    principal   who;
    record_view view;
    const char *path;
    str         text;         /* as it was written last */
    record_done done;
} editing;

static const char mark[] = "#! ";         /* lines that tell faults; taken out again */

static err_t make_file(editing *ed)
{
    const char *dir = getenv("TMPDIR");
    char       *path = str_z(ed->c->a, str_fmt(ed->c->a, "%s/attest-%s-XXXXXX.yaml", dir && *dir ? dir : "/tmp", ed->c->type->name));
    int         fd = mkostemps(path, 5, O_CLOEXEC);
    if (fd < 0)
        return fail_errno(&ed->c->f, errno, "cannot make a file to edit in %s", dir && *dir ? dir : "/tmp");
    close(fd);
    ed->path = path;
    return ERR_OK;
}

static err_t write_text(editing *ed, str text)
{
    ed->text = text;
    return file_replace(ed->path, text, 0600, &ed->c->f);
}

static err_t first_text(editing *ed)
{
    buf b = buf_new(ed->c->a, TEXT_MAX);
    buf_fmt(&b, "# %s " STR_FMT ", version %lld. Save and leave the editor to change it;\n# leave it as it is to change nothing. Nothing after "
            "the colon means unknown.\n", ed->c->type->name, STR_ARG(ed->view.row[0].s), (long long)ed->view.version);
    yaml_write(ed->c->a, &ed->view, &b);
    return b.overflow ? fail(&ed->c->f, ERR_TOO_LARGE, "the record is too large for an editor") : write_text(ed, buf_str(&b));
}

/* As git does: the setting may hold arguments, so the shell reads it. */
static err_t run_editor(editing *ed)
{
    const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");
    const char *which = visual && *visual ? visual : editor && *editor ? editor : "vi";
    const char *script = str_fmt(ed->c->a, "%s \"$1\"", which).p;
    int         status;
    pid_t       child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", script, which, ed->path, (char *)NULL);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) != child)
        return fail_errno(&ed->c->f, errno, "cannot start the editor");
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return ERR_OK;
    return fail(&ed->c->f, ERR_IO, "the editor %s did not end well; what you wrote is in %s", which, ed->path);
}

/* The file without the lines that tell faults. */
static err_t read_text(editing *ed, str *ret)
{
    str text, line;
    buf b = buf_new(ed->c->a, TEXT_MAX);
    TRY(file_read(ed->c->a, ed->path, TEXT_MAX, &ed->c->f, &text));
    for (str rest = text; str_line(&rest, &line);)
        if (!str_starts(line, str_of(mark)))
            buf_fmt(&b, STR_FMT "\n", STR_ARG(line));
    *ret = buf_str(&b);
    return ERR_OK;
}

static bool same_value(const field *fd, const value *have, str text)
{
    value v;
    bool  unknown = !str_trim(text).n || str_eq(str_trim(text), S("?"));
    if (unknown || have->kind == V_NULL)
        return unknown && have->kind == V_NULL;
    if (fd->kind == F_TEXT)
        return str_eq(have->s, text);
    return value_parse(fd, str_trim(text), NULL, &v) == ERR_OK && value_eq(have, &v);
}

/* What differs from the version that was opened; a field whose line was taken out stays as it is. */
static size_t what_changed(const editing *ed, assignment *set, size_t n)
{
    size_t left = 0;
    for (size_t i = 0; i < n; i++) {
        int k = relation_field(ed->c->type, set[i].field);
        if (k < 0 || !same_value(&ed->c->type->fields[k], &ed->view.row[k], set[i].text))
            set[left++] = set[i];
    }
    return left;
}

static err_t apply(editing *ed, str text, fault *f)
{
    assignment *set = NULL;
    size_t      n;
    ed->done = (record_done){ .seq = -1 };
    TRY(yaml_read(ed->c->a, text, f, &set, &n));
    n = what_changed(ed, set, n);
    if (!n)
        return ERR_OK;
    return app_edit(ed->ws, ed->c->a, &ed->who, ed->c->type, &ed->view.row[0].s, 1, ed->view.version, set, n,
                    str_of(option_value(ed->c, "reason")), f, &ed->done);
}

static err_t tell_in_file(editing *ed, str text, const fault *f)
{
    buf b = buf_new(ed->c->a, TEXT_MAX), why = buf_new(ed->c->a, 1 << 20);
    str rest, line;
    if (ed->done.faults.n)
        faults_text(&ed->done.faults, FAULTS_SHOWN, &why);
    else
        buf_putz(&why, f->text);
    buf_fmt(&b, "%sIt was not taken:\n", mark);
    for (rest = buf_str(&why); str_line(&rest, &line);)
        buf_fmt(&b, "%s  " STR_FMT "\n", mark, STR_ARG(line));
    buf_fmt(&b, "%sMend it, or leave without saving to give up.\n", mark);
    buf_puts(&b, text);
    return b.overflow ? fail(&ed->c->f, ERR_TOO_LARGE, "what you wrote is too large; it is in %s", ed->path) : write_text(ed, buf_str(&b));
}

/* One round. ERR_OK with *ret_again false: it is over. */
static err_t round_of(editing *ed, bool *ret_again)
{
    fault f = { 0 };
    str   before, after;
    TRY(read_text(ed, &before));
    TRY(run_editor(ed));
    TRY(read_text(ed, &after));
    bool first = !str_starts(ed->text, str_of(mark));
    *ret_again = false;
    if (str_eq(before, after) && first)
        return ERR_OK;
    if (str_eq(before, after))
        return fail(&ed->c->f, ERR_INVALID, "given up; what you wrote is in %s", ed->path);
    err_t e = apply(ed, after, &f);
    *ret_again = e == ERR_INVALID || e == ERR_DENIED;
    if (*ret_again)
        return tell_in_file(ed, after, &f);
    return e == ERR_OK ? ERR_OK : fail(&ed->c->f, e, "%s\nWhat you wrote is in %s", f.text, ed->path);
}

static err_t edit(editing *ed)
{
    bool     again = true;
    related *about;
    size_t   n;
    TRY(app_get(ed->ws, ed->c->a, &ed->who, ed->c->type, ed->c->args[0], 0, &ed->c->f, &ed->view, &about, &n));
    TRY(make_file(ed));
    TRY(first_text(ed));
    while (again)
        TRY(round_of(ed, &again));
    unlink(ed->path);                     /* only what came to its end; everything else is kept and named */
    return ERR_OK;
}

int record_edit_file(cli *c)
{
    auto_ws workspace *ws = NULL;
    editing           *ed = NEW(c->a, editing);
    ed->c = c;
    ed->done.seq = -1;
    err_t e = record_open(c, OPEN_WRITE, &ws, &ed->who);
    ed->ws = ws;
    if (e == ERR_OK)
        e = edit(ed);
    return e == ERR_OK ? record_told(c, "Changed", c->args, 1, &ed->done) : cli_fail(c, e);
}
