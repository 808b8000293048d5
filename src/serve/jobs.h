/* serve/jobs.h - private to the room: the commands the supervisor runs. */
#ifndef SERVE_JOBS_H
#define SERVE_JOBS_H

#include "base/base.h"

typedef enum { JOB_COLLECT, JOB_ASSESS, JOB_TICK, JOB_VERIFY, JOB_COUNT_ } job_id;
extern const char *const job_names[JOB_COUNT_];

enum { JOB_SOURCES_MAX = 16, JOB_SOURCE_BYTES = 4200 };
typedef struct {
    char   id[JOB_SOURCE_BYTES];         /* of a configured source */
    size_t n;                            /* 0: none */
} job_source;

typedef struct {
    arena      *a;
    const char *program, *dir;
    time_us     every;        /* between rounds; 0: none by the clock */
    time_us     next_round;   /* on time_mono */
    time_us     next_verify;  /* once a day, whatever the rounds */
    bool        wanted[JOB_COUNT_];
    job_source  sources[JOB_SOURCES_MAX];      /* to be collected by themselves */
    pid_t       running;      /* 0: none */
    job_id      what;
    job_source  of;           /* of what runs; n 0: of all */
    int         failed;       /* exit status of the last that did not go well; 0 */
    bool        tampered;     /* the last that ended verified, and the history was changed */
} jobs;

/* "assess", or "collect" and in the next line the id of a source. What is no job is passed over. */
void  jobs_ask(jobs *j, str message);
void  jobs_ask_source(jobs *j, str id);
void  jobs_clock(jobs *j, time_us mono);
err_t jobs_start_next(jobs *j, fault *f) MUST_USE;
/* Whether `pid` was a job; its status is kept. */
bool  jobs_ended(jobs *j, pid_t pid, int status);
void  jobs_stop(jobs *j);

#endif
