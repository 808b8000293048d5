/* What the supervisor does beside keeping the web process alive: this program again, as a
 * child with one of its commands, on request and by the clock. One at a time. */
#include "serve/parts.h"
#include "serve/jobs.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

const char *const job_names[JOB_COUNT_] = { [JOB_COLLECT] = "collect", [JOB_ASSESS] = "assess", [JOB_TICK] = "tick" };

bool job_parse(str name, job_id *ret)
{
    for (job_id j = 0; j < JOB_COUNT_; j++)
        if (str_eq(name, str_of(job_names[j]))) {
            *ret = j;
            return true;
        }
    return false;
}

void jobs_ask(jobs *j, job_id id) { j->wanted[id] = true; }

/* A round is: collect, then assess over what came, then tick over both. */
void jobs_clock(jobs *j, time_us mono)
{
    if (j->every && mono >= j->next_round) {
        j->next_round = mono + j->every;
        for (job_id id = 0; id < JOB_COUNT_; id++)
            j->wanted[id] = true;
    }
}

static void run_child(const jobs *j, job_id id)
{
    sigset_t none;
    char    *argv[] = { str_z(j->a, str_of("attest")), str_z(j->a, str_of("--workspace")), str_z(j->a, str_of(j->dir)),
                        str_z(j->a, str_of(job_names[id])), str_z(j->a, str_of("--quiet")), NULL };
    sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    execv(j->program, argv);
    _exit(127);
}

err_t jobs_start_next(jobs *j, fault *f)
{
    for (job_id id = 0; !j->running && id < JOB_COUNT_; id++) {
        if (!j->wanted[id])
            continue;
        j->wanted[id] = false;
        pid_t pid = fork();
        if (pid < 0)
            return fail_errno(f, errno, "attest %s cannot be started", job_names[id]);
        if (pid == 0)
            run_child(j, id);
        j->running = pid;
        j->what = id;
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
    return true;
}

void jobs_stop(jobs *j)
{
    int status;
    if (j->running && kill(j->running, SIGTERM) == 0)
        (void)waitpid(j->running, &status, 0);
    j->running = 0;
}
