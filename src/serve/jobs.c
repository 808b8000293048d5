/* What the supervisor does beside keeping the web process alive: this program again, as a
 * child with one of its commands, on request and by the clock. One at a time. */
#include "serve/parts.h"
#include "serve/jobs.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

const char *const job_names[JOB_COUNT_] = { [JOB_COLLECT] = "collect", [JOB_ASSESS] = "assess", [JOB_TICK] = "tick", [JOB_VERIFY] = "verify" };
static const char *const job_options[JOB_COUNT_] = { [JOB_VERIFY] = "--record" };

void jobs_ask_source(jobs *j, str id)
{
    if (j->wanted[JOB_COLLECT] || !id.n || id.n >= JOB_SOURCE_BYTES)      /* all of them are to come anyway */
        return;
    job_source *free_one = NULL;
    for (size_t i = 0; i < JOB_SOURCES_MAX; i++) {
        job_source *s = &j->sources[i];
        if (str_eq((str){ s->id, s->n }, id))
            return;
        if (!s->n && !free_one)
            free_one = s;
    }
    if (!free_one) {
        j->wanted[JOB_COLLECT] = true;
        return;
    }
    memcpy(free_one->id, id.p, id.n);
    free_one->n = id.n;
}

void jobs_ask(jobs *j, str message)
{
    str rest = message, name = str_cut(&rest, '\n');
    for (job_id id = 0; id < JOB_COUNT_; id++)
        if (str_eq(name, str_of(job_names[id]))) {
            if (id == JOB_COLLECT && rest.p)
                jobs_ask_source(j, rest);
            else
                j->wanted[id] = true;
        }
}

/* A round is: collect, then assess over what came, then tick over both. */
void jobs_clock(jobs *j, time_us mono)
{
    if (j->every && mono >= j->next_round) {
        j->next_round = mono + j->every;
        for (job_id id = 0; id < JOB_VERIFY; id++)
            j->wanted[id] = true;
    }
    if (mono >= j->next_verify) {
        j->wanted[JOB_VERIFY] = j->next_verify > 0;        /* not as soon as the server starts */
        j->next_verify = mono + (j->next_verify ? DAYS(1) : HOURS(1));
    }
}

/* As the configuration has it by now: whoever asked named an id, and no program and no path. */
static err_t configured(const jobs *j, str id, fault *f, source_row *ret)
{
    workspace *ws = NULL;
    TRY(workspace_open(j->a, j->dir, OPEN_READ, f, &ws));
    err_t e = source_named(ws, j->a, id, f, ret);
    workspace_close(ws);
    return e;
}

static void run_child(const jobs *j, job_id id, const job_source *of)
{
    sigset_t   none;
    fault      f = { 0 };
    source_row s = { 0 };
    sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    if (of->n && configured(j, (str){ of->id, of->n }, &f, &s) != ERR_OK) {
        (void)fprintf(stderr, "attest: %s\n", f.text);
        _exit(err_describe(f.code)->exit_status);
    }
    char *argv[] = { str_z(j->a, str_of("attest")), str_z(j->a, str_of("--workspace")), str_z(j->a, str_of(j->dir)), str_z(j->a, str_of("--quiet")),
                     str_z(j->a, str_of(job_names[id])), job_options[id] ? str_z(j->a, str_of(job_options[id])) : s.kind.n ? str_z(j->a, s.kind) : NULL, s.argument.n ? str_z(j->a, s.argument) : NULL, NULL };
    execv(j->program, argv);
    _exit(127);
}

static err_t start(jobs *j, job_id id, job_source *of, fault *f)
{
    pid_t pid = fork();
    if (pid < 0)
        return fail_errno(f, errno, "attest %s cannot be started", job_names[id]);
    if (pid == 0)
        run_child(j, id, of);
    j->running = pid;
    j->what = id;
    j->of = *of;
    of->n = 0;
    return ERR_OK;
}

err_t jobs_start_next(jobs *j, fault *f)
{
    job_source all = { .n = 0 };
    for (job_id id = 0; !j->running && id < JOB_COUNT_; id++) {
        if (j->wanted[id]) {
            j->wanted[id] = false;
            for (size_t i = 0; id == JOB_COLLECT && i < JOB_SOURCES_MAX; i++)
                j->sources[i].n = 0;
            TRY(start(j, id, &all, f));
        }
        for (size_t i = 0; id == JOB_COLLECT && !j->running && i < JOB_SOURCES_MAX; i++)
            if (j->sources[i].n)
                TRY(start(j, id, &j->sources[i], f));
    }
    return ERR_OK;
}

bool jobs_ended(jobs *j, pid_t pid, int status)
{
    if (pid != j->running)
        return false;
    j->running = 0;
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    j->failed = code > 1 ? code : 0;     /* 1: done, and something fails its test */
    j->tampered = code == 1 && j->what == JOB_VERIFY;
    return true;
}

void jobs_stop(jobs *j)
{
    int status;
    if (j->running && kill(j->running, SIGTERM) == 0)
        (void)waitpid(j->running, &status, 0);
    j->running = 0;
}
