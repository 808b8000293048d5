/* How the clock is kept right: the kernel's own view first, whatever the daemon. */
#include "collect/host/state.h"

#include <sys/timex.h>

typedef struct {
    const char *daemon;
    const char *packages[4], *processes[3], *programs[4], *files[6], *words[5];
    char        assign;                  /* '=': the words are keys of an ini file */
} keeper;

static const keeper keepers[] = {
    { .daemon = "chrony", .packages = { "chrony" }, .processes = { "chronyd" }, .programs = { "/usr/sbin/chronyd" },
      .files = { "/etc/chrony/chrony.conf", "/etc/chrony.conf", "/etc/chrony/conf.d/*.conf", "/etc/chrony/sources.d/*.sources",
                 "/etc/chrony.d/*.conf" },
      .words = { "server", "pool", "peer", "refclock" } },
    { .daemon = "systemd-timesyncd", .packages = { "systemd-timesyncd" }, .processes = { "systemd-timesyncd" },
      .programs = { "/usr/lib/systemd/systemd-timesyncd", "/lib/systemd/systemd-timesyncd" },
      .files = { "/etc/systemd/timesyncd.conf", "/etc/systemd/timesyncd.conf.d/*.conf" },
      .words = { "NTP", "FallbackNTP" }, .assign = '=' },
    { .daemon = "ntpd", .packages = { "ntpsec", "ntp", "openntpd" }, .processes = { "ntpd" }, .programs = { "/usr/sbin/ntpd" },
      .files = { "/etc/ntpsec/ntp.conf", "/etc/ntp.conf", "/etc/openntpd/ntpd.conf", "/etc/ntpsec/ntp.d/*.conf" },
      .words = { "server", "servers", "pool", "peer" } },
};

static bool wanted(const keeper *k, str word)
{
    for (size_t i = 0; i < COUNT(k->words) && k->words[i]; i++)
        if (str_eq(word, str_of(k->words[i])))
            return true;
    return false;
}

static void add_words(buf *out, str words, bool all)
{
    for (str w = str_word(&words); w.n; w = str_word(&words)) {
        if (out->n)
            buf_putc(out, ' ');
        buf_puts(out, w);
        if (!all)
            return;
    }
}

static void add_servers(const keeper *k, str text, buf *out)
{
    str line;
    while (str_line(&text, &line)) {
        str rest = str_trim(line), word;
        if (k->assign) {
            word = str_trim(str_cut(&rest, k->assign));
            if (rest.p && wanted(k, word))
                add_words(out, rest, true);
            continue;
        }
        word = str_word(&rest);
        if (wanted(k, word))
            add_words(out, rest, false);
    }
}

static str servers_of(host_state *s, arena *a, const keeper *k)
{
    buf out = buf_new(a, 32 << 10);
    for (size_t i = 0; i < COUNT(k->files) && k->files[i]; i++) {
        str_list files = { 0 };
        str      text;
        state_glob(s, a, k->files[i], &files);
        for (size_t n = 0; n < files.n; n++)
            if (state_config(s, a, files.v[n].p, &text))
                add_servers(k, text, &out);
    }
    return buf_str(&out);
}

static tri installed(host_state *s, const keeper *k)
{
    tri t = NO;
    for (size_t i = 0; i < COUNT(k->packages) && k->packages[i] && t != YES; i++) {
        tri one = state_installed(s, k->packages[i], NULL);
        t = one == NO ? t : one;
    }
    for (size_t i = 0; i < COUNT(k->programs) && k->programs[i]; i++)
        if (state_exists(s, k->programs[i]))
            t = YES;
    return t;
}

/* The one that runs, else one that is installed. */
static const keeper *find_keeper(host_state *s, tri *ret_running, bool *ret_sure)
{
    const keeper *there = NULL;
    *ret_running = NO;
    *ret_sure = true;
    for (size_t i = 0; i < COUNT(keepers); i++) {
        tri runs = state_runs(s, keepers[i].processes), has = installed(s, &keepers[i]);
        if (runs == YES) {
            *ret_running = YES;
            return &keepers[i];
        }
        if (has == YES && !there)
            there = &keepers[i];
        if (has == UNKNOWN)
            *ret_sure = false;
        if (runs == UNKNOWN)
            *ret_running = UNKNOWN;
    }
    return there;
}

static bool in_container(const host_state *s)
{
    static const char *const signs[] = { "/run/systemd/container", "/.dockerenv", "/run/.containerenv" };
    for (size_t i = 0; i < COUNT(signs); i++)
        if (state_exists(s, signs[i]))
            return true;
    return false;
}

static int64_t power_of_two_ms(int64_t us)
{
    int64_t ms = 1;
    while (ms * 1000 < us && ms < INT64_C(1) << 40)
        ms *= 2;
    return ms;
}

static void emit_clock(host_state *s)
{
    struct timex t = { .modes = 0 };
    if (!s->env->live) {
        emit_lack(s->e, ST_UNSUPPORTED, "the clock is known only on the running machine");
        return;
    }
    int state = adjtimex(&t);
    if (state < 0) {
        emit_lack(s->e, ST_ERROR, "adjtimex: the kernel does not tell the state of its clock");
        return;
    }
    bool good = state != TIME_ERROR && !(t.status & STA_UNSYNC);
    emit_bool(s->e, "synchronised", good);
    if (t.maxerror >= 0)
        emit_int(s->e, "max_error_ms", power_of_two_ms(t.maxerror));
}

void part_time_sync(host_state *s)
{
    auto_arena arena *a = arena_new(32 << 20);
    emit             *e = s->e;
    tri               running;
    bool              sure;
    emit_begin(e, relation_find(S("time_sync")));
    const keeper *k = find_keeper(s, &running, &sure);
    emit_text(e, "system", s->env->system);
    emit_clock(s);
    if (k) {
        emit_z(e, "daemon", k->daemon);
        emit_tri(e, "running", running);
        emit_known(e, "servers", servers_of(s, a, k));
    } else if (in_container(s)) {
        emit_z(e, "daemon", "host");
    } else if (sure && running == NO) {
        emit_z(e, "daemon", "none");
        emit_bool(e, "running", false);
    }
    emit_row(e);
    emit_end(e, ST_OK);
}
