/* Changing .attest/config for somebody: a line less, a line more, and who did it. */
#include "app/workspace.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

/* Two at once would each write back what the other has changed. */
static err_t lock(workspace *ws, arena *a, fault *f, int *ret_fd)
{
    const char *path = ws_path(a, ws, "config.lock");
    auto_fd int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0 || flock(fd, LOCK_EX) != 0)
        return fail_errno(f, errno, "cannot lock %s", path);
    *ret_fd = fd_take(&fd);
    return ERR_OK;
}

static void put_line(buf *out, str line)
{
    buf_puts(out, line);
    buf_putc(out, '\n');
}

err_t config_change(workspace *ws, arena *a, str without, str with, fault *f)
{
    const char *path = ws_path(a, ws, "config");
    auto_fd int held = -1;
    str         text, line;
    buf         out = buf_new(a, CONFIG_MAX_BYTES);
    TRY(lock(ws, a, f, &held));
    TRY(file_read(a, path, CONFIG_MAX_BYTES, f, &text));
    while (str_line(&text, &line))
        if (!without.n || !str_eq(str_trim(line), without))
            put_line(&out, line);
    if (with.n)
        put_line(&out, with);
    if (out.overflow)
        return fail(f, ERR_TOO_LARGE, "%s would be too large", path);
    return file_replace(path, buf_str(&out), 0600, f);
}

err_t config_changed(workspace *ws, arena *a, const changer *by, str what, fault *f)
{
    const access_event e = { .kind = "setting_changed", .person = by->person, .address = by->address, .went_well = true, .about = what };
    return app_events(ws, a, by->actor, &e, 1, f);
}
