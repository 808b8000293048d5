/* Asking systemd over D-Bus through libsystemd, which is loaded only where
 * systemd runs. Its sd-bus interface has been stable since version 221. */
#include "collect/host/units.h"

typedef struct {
    int (*new_bus)(void **ret);
    int (*set_address)(void *bus, const char *address);
    int (*start)(void *bus);
    int (*open_system)(void **ret);
    int (*call)(void *bus, const char *to, const char *path, const char *interface, const char *member, void *ret_error,
                void **ret_reply, const char *types, ...);
    int (*enter)(void *m, char type, const char *contents);
    int (*leave)(void *m);
    int (*read)(void *m, const char *types, ...);
    void *(*message_unref)(void *m);
    void *(*bus_unref)(void *bus);
    int (*set_timeout)(void *bus, uint64_t us);
} bus_calls;

static const library_symbol bus_table[] = {
    { "sd_bus_new", offsetof(bus_calls, new_bus) },
    { "sd_bus_set_address", offsetof(bus_calls, set_address) },
    { "sd_bus_start", offsetof(bus_calls, start) },
    { "sd_bus_open_system", offsetof(bus_calls, open_system) },
    { "sd_bus_call_method", offsetof(bus_calls, call) },
    { "sd_bus_message_enter_container", offsetof(bus_calls, enter) },
    { "sd_bus_message_exit_container", offsetof(bus_calls, leave) },
    { "sd_bus_message_read", offsetof(bus_calls, read) },
    { "sd_bus_message_unref", offsetof(bus_calls, message_unref) },
    { "sd_bus_flush_close_unref", offsetof(bus_calls, bus_unref) },
    { "sd_bus_set_method_call_timeout", offsetof(bus_calls, set_timeout) },
};

static bool load(bus_calls *c) { return !library_bind("libsystemd.so.0", bus_table, COUNT(bus_table), c); }

/* Root may talk to systemd itself, which needs no bus daemon; others ask over the bus. */
static void *connect_bus(const bus_calls *c)
{
    void *bus = NULL;
    if (c->new_bus(&bus) >= 0) {
        if (c->set_address(bus, "unix:path=/run/systemd/private") >= 0 && c->start(bus) >= 0)
            return bus;
        c->bus_unref(bus);
    }
    return c->open_system(&bus) >= 0 ? bus : NULL;
}

static void *ask(const bus_calls *c, void *bus, const char *member)
{
    void *reply = NULL;
    int   e = c->call(bus, "org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", member,
                      NULL, &reply, "");
    return e >= 0 ? reply : NULL;
}

static bool service_name(const char *file, str *ret)
{
    str         s = str_of(file);
    const char *slash = memrchr(s.p, '/', s.n);
    if (slash)
        s = str_sub(s, (size_t)(slash - s.p) + 1, s.n);
    if (!str_ends(s, S(".service")))
        return false;
    *ret = str_sub(s, 0, s.n - 8);
    return !str_ends(*ret, S("@"));
}

static const char *start_name(str state)
{
    static const struct { const char *state, *start; } rows[] = {
        { "enabled", "enabled" }, { "enabled-runtime", "enabled" }, { "disabled", "disabled" }, { "masked", "masked" },
        { "masked-runtime", "masked" }, { "static", "static" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_eq(state, str_of(rows[i].state)))
            return rows[i].start;
    return "other";
}

static bool read_files(const bus_calls *c, void *m, unit_set *u)
{
    const char *path, *state;
    str         name;
    int         e;
    if (!m || c->enter(m, 'a', "(ss)") < 0)
        return false;
    while ((e = c->read(m, "(ss)", &path, &state)) > 0) {
        if (!service_name(path, &name) || strcmp(state, "alias") == 0)
            continue;
        unit *one = units_slot(u, name);
        one->start = start_name(str_of(state));
        one->running = one->failed = NO;         /* unless the list of loaded units says more */
    }
    return e == 0;
}

static bool read_units(const bus_calls *c, void *m, unit_set *u)
{
    const char *id, *about, *loaded, *active, *sub, *following, *object, *job, *job_object;
    uint32_t    job_id;
    str         name;
    int         e;
    if (!m || c->enter(m, 'a', "(ssssssouso)") < 0)
        return false;
    while ((e = c->read(m, "(ssssssouso)", &id, &about, &loaded, &active, &sub, &following, &object, &job_id, &job, &job_object)) > 0) {
        if (!service_name(id, &name) || strcmp(loaded, "not-found") == 0)
            continue;
        unit *one = units_slot(u, name);
        one->running = strcmp(sub, "running") == 0 || strcmp(active, "reloading") == 0 ? YES : NO;
        one->failed = strcmp(active, "failed") == 0 ? YES : NO;
        if (!one->start)
            one->start = strcmp(loaded, "masked") == 0 ? "masked" : "other";
    }
    return e == 0;
}

const char *units_ask(const host_state *s, unit_set *u)
{
    enum { TIMEOUT_US = 5000000 };
    bus_calls c;
    if (!s->env->live || !state_exists(s, "/run/systemd/system"))
        return "systemd does not run here";
    if (!load(&c))
        return "libsystemd.so.0 is not there to ask systemd with";
    void *bus = connect_bus(&c);
    if (!bus)
        return "systemd cannot be reached, neither itself nor over the system bus";
    c.set_timeout(bus, TIMEOUT_US);
    void *files = ask(&c, bus, "ListUnitFiles"), *loaded = ask(&c, bus, "ListUnits");
    bool  good = read_files(&c, files, u) && read_units(&c, loaded, u);
    if (files)
        c.message_unref(files);
    if (loaded)
        c.message_unref(loaded);
    c.bus_unref(bus);
    return good ? NULL : "systemd did not give the list of its units";
}
