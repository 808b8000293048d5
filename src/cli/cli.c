#include "cli/command.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <pwd.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { COMMAND_MEMORY_MAX = 1 << 30 };

static int print_errno;                   /* of the first write that failed; told once, at the end */

void cli_print(str s)
{
    if (s.n && fwrite(s.p, s.n, 1, stdout) != 1 && !print_errno)
        print_errno = errno;
}

err_t cli_deliver(cli *c, const char *path, str bytes)
{
    if (path && strcmp(path, "-") != 0)
        return file_put(path, bytes, 0644, &c->f);
    cli_print(bytes);
    return ERR_OK;
}

void cli_note(const cli *c, const char *fmt, ...)
{
    va_list ap;
    if (c->quiet)
        return;
    cli_progress_done(c);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
}

void cli_progress(void *cli_pointer, str text)
{
    const cli *c = cli_pointer;
    buf        b = buf_new(c->a, 4096);
    if (!c->progress)
        return;
    put_cell(&b, text, c->style.width - 1);
    fprintf(stderr, "\r" STR_FMT, STR_ARG(buf_str(&b)));
    fflush(stderr);
}

void cli_progress_done(const cli *c)
{
    if (c->progress)
        fprintf(stderr, "\r\033[K");
}

int cli_fail(cli *c, err_t e)
{
    assert(e != ERR_OK);
    const char *text = c->f.text[0] ? c->f.text : err_describe(e)->meaning;
    cli_progress_done(c);
    if (c->json) {
        buf         b = buf_new(c->a, 64 << 10);
        json_writer w = { .b = &b };
        jw_obj(&w);
        jw_kstr(&w, "error", str_of(err_describe(e)->wire));
        jw_kstr(&w, "detail", utf8_clean(c->a, str_of(text)));
        jw_end_obj(&w);
        fprintf(stderr, STR_FMT "\n", STR_ARG(buf_str(&b)));
    } else {
        buf b = buf_new(c->a, 64 << 10);
        str rest = str_of(text), line;
        while (str_line(&rest, &line)) {
            put_plain(&b, line);
            buf_putc(&b, '\n');
        }
        fprintf(stderr, "attest: " STR_FMT, STR_ARG(buf_str(&b)));
    }
    return err_describe(e)->exit_status;
}

str cli_actor(arena *a)
{
    const struct passwd *pw = getpwuid(getuid());
    if (!pw)
        return str_fmt(a, "cli:%u", (unsigned)getuid());
    return str_fmt(a, "cli:" STR_FMT, STR_ARG(utf8_clean(a, str_of(pw->pw_name))));
}

err_t cli_open(cli *c, open_mode mode, workspace **ret)
{
    const char *dir;
    TRY(workspace_find(c->a, option_value(c, "workspace"), &c->f, &dir));
    return workspace_open(c->a, dir, mode, &c->f, ret);
}

static int terminal_width(int fd)
{
    struct winsize w;
    if (ioctl(fd, TIOCGWINSZ, &w) == 0 && w.ws_col >= 40)
        return w.ws_col > 100 ? 100 : w.ws_col;      /* longer lines are hard to read */
    return 80;
}

static err_t settle_style(cli *c)
{
    const char *when = option_value(c, "color");
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    bool        tty = isatty(STDOUT_FILENO) == 1;
    c->style = (report_style){ .colour = tty && !(no_color && *no_color) && term && strcmp(term, "dumb") != 0,
                               .utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0, .width = terminal_width(STDOUT_FILENO) };
    if (when && strcmp(when, "always") == 0)
        c->style.colour = true;
    else if (when && strcmp(when, "never") == 0)
        c->style.colour = false;
    else if (when && strcmp(when, "auto") != 0)
        return fail(&c->f, ERR_USAGE, "--color is auto, always or never");
    c->json = option_set(c, "json");
    c->quiet = option_set(c, "quiet");
    c->progress = !c->quiet && !c->json && isatty(STDERR_FILENO) == 1;
    return ERR_OK;
}

/* A full disk or a closed pipe must not look like success. */
static int flush_output(cli *c, int status)
{
    if (fflush(stdout) != 0 && !print_errno)
        print_errno = errno;
    if (!print_errno || print_errno == EPIPE)
        return status;
    return cli_fail(c, fail_errno(&c->f, print_errno, "cannot write the answer"));
}

static int run(cli *c, int argc, char **argv)
{
    static const command none = { .name = "", .arguments = "" };
    if (args_parse(c, argc, argv) != ERR_OK)
        return cli_fail(c, ERR_USAGE);
    const command *cmd = c->cmd;
    if (!cmd)
        c->cmd = &none;
    if (settle_style(c) != ERR_OK)
        return cli_fail(c, ERR_USAGE);
    if (option_set(c, "version"))
        return cmd_version(c);
    if (option_set(c, "help") || !cmd) {
        buf b = buf_new(c->a, 1 << 20);
        if (c->type && !cmd)
            put_type_help(c, &b, c->type);
        else
            put_help(&b, cmd);
        cli_print(buf_str(&b));
        return cmd || option_set(c, "help") ? 0 : err_describe(ERR_USAGE)->exit_status;
    }
    return cmd->run(c);
}

int cli_main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    auto_arena arena *a = arena_new(COMMAND_MEMORY_MAX);
    cli              *c = NEW(a, cli);
    c->a = a;
    int status = run(c, argc, argv);
    return flush_output(c, status);
}
