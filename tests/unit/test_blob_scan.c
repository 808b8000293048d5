/* A file is shown to a scanner before it is kept: what is said of it, and what when nobody answers. The scanner here is a
 * child that speaks as clamd(8) tells. */
#include "test.h"

#include "blob/blob.h"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    arena      *a;
    const char *home, *path;
    pid_t       pid;
} desk;

static bool read_whole(int fd, void *p, size_t n)
{
    for (char *at = p; n;) {
        ssize_t got = read(fd, at, n);
        if (got <= 0)
            return false;
        at += got;
        n -= (size_t)got;
    }
    return true;
}

/* Takes what is shown; `says` for a file whose bytes sum up to `wanted`, "OK" else. NULL: closes without a word. */
static void answer(int fd, const char *says, uint64_t wanted)
{
    char     command[16] = "";
    uint32_t n = 0;
    uint64_t sum = 0;
    for (size_t i = 0; i < sizeof command && read(fd, &command[i], 1) == 1 && command[i]; i++)
        ;
    if (strcmp(command, "zVERSION") == 0) {
        (void)!write(fd, "ClamAV 1.0.9/27450", 19);
        return;
    }
    while (read_whole(fd, &n, sizeof n) && n) {
        static unsigned char piece[1 << 20];
        n = ntohl(n);
        if (n > sizeof piece || !read_whole(fd, piece, n))
            _exit(1);
        for (uint32_t i = 0; i < n; i++)
            sum += piece[i];
    }
    if (says)
        (void)!dprintf(fd, "stream: %s%c", sum == wanted ? says : "OK", 0);
}

static void scanner(desk *d, const char *says, uint64_t wanted)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    memcpy(at.sun_path, d->path, strlen(d->path));
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(fd, 4), 0);
    d->pid = fork();
    if (d->pid == 0)
        for (;;) {
            int one = accept(fd, NULL, NULL);
            answer(one, says, wanted);
            close(one);
        }
    close(fd);
}

static int begin(void **st)
{
    arena *a = arena_new(256 << 20);
    desk  *d = NEW(a, desk);
    d->a = a;
    d->home = mkdtemp(str_z(a, S("/tmp/attest-scan-XXXXXX")));
    d->path = str_fmt(a, "%s/clamd", d->home).p;
    *st = d;
    return d->home ? 0 : -1;
}

static int end(void **st)
{
    desk *d = *st;
    if (d->pid > 0) {
        kill(d->pid, SIGKILL);
        waitpid(d->pid, NULL, 0);
    }
    (void)unlink(d->path);
    int    e = rmdir(d->home);
    arena *a = d->a;
    arena_free(a);
    return e;
}

static str bytes_of(desk *d, size_t n)
{
    char *p = NEW_ARRAY(d->a, char, n);
    memset(p, 1, n);
    return (str){ p, n };
}

static void a_clean_file_is_told_with_what_looked(void **st)
{
    desk *d = *st;
    str   by = { 0 };
    fault f = { 0 };
    scanner(d, "none", UINT64_MAX);
    static const size_t sizes[] = { 1, 65535, 65536, 65537, 3000000 };
    for (size_t i = 0; i < COUNT(sizes); i++) {
        assert_int_equal(blob_scan(d->a, d->path, bytes_of(d, sizes[i]), &f, &by), ERR_OK);
        assert_true(str_eq(by, S("ClamAV 1.0.9/27450")));
    }
}

static void malware_is_refused_by_its_name_and_only_in_the_whole_file(void **st)
{
    desk *d = *st;
    str   by = { 0 };
    fault f = { 0 };
    scanner(d, "Eicar-Signature FOUND", 200001);
    assert_int_equal(blob_scan(d->a, d->path, bytes_of(d, 200000), &f, &by), ERR_OK);
    assert_int_equal(blob_scan(d->a, d->path, bytes_of(d, 200001), &f, &by), ERR_INVALID);
    assert_non_null(strstr(f.text, "Eicar-Signature"));
}

static void what_could_not_be_looked_at_is_not_taken(void **st)
{
    desk *d = *st;
    str   by = { 0 };
    fault f = { 0 };
    assert_int_equal(blob_scan(d->a, d->path, S("x"), &f, &by), ERR_BUSY);               /* nobody is there */
    scanner(d, "INSTREAM size limit exceeded. ERROR", 300);
    f = (fault){ 0 };
    assert_int_equal(blob_scan(d->a, d->path, bytes_of(d, 300), &f, &by), ERR_BUSY);
    assert_non_null(strstr(f.text, "size limit"));
}

static void one_that_says_nothing_has_found_nothing_out(void **st)
{
    desk *d = *st;
    str   by = { 0 };
    fault f = { 0 };
    scanner(d, NULL, 0);
    assert_int_equal(blob_scan(d->a, d->path, S("x"), &f, &by), ERR_BUSY);
    char *longer = str_z(d->a, bytes_of(d, 200));
    assert_int_equal(blob_scan(d->a, longer, S("x"), &f, &by), ERR_INVALID);
}

#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_clean_file_is_told_with_what_looked), T(malware_is_refused_by_its_name_and_only_in_the_whole_file),
        T(what_could_not_be_looked_at_is_not_taken), T(one_that_says_nothing_has_found_nothing_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
