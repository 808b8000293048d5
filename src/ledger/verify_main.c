/* attest-ledger-verify: checks a log or a proof, built from base and ledger
 * alone, for those who want to read all of what they trust. */
#include "ledger/ledger.h"

#include <unistd.h>

enum { FILE_MAX_BYTES = 4 << 20, FAILED = 1 };

static int told(const fault *f)
{
    fprintf(stderr, "attest-ledger-verify: %s\n", f->text);
    return f->code == ERR_INVALID ? FAILED : err_describe(f->code)->exit_status;
}

static void print_fault(void *arg, str what)
{
    (void)arg;
    printf("FAULT " STR_FMT "\n", STR_ARG(what));
}

static int check_log(arena *a, char **args, fault *f)
{
    note_verifier      key;
    log_verify_result  r;
    long               cores = sysconf(_SC_NPROCESSORS_ONLN);
    log_verify_options o = { .key = &key, .n_threads = cores > 0 ? (unsigned)cores : 1, .on_fault = print_fault };
    if (verifier_parse(a, str_of(args[1]), f, &key) != ERR_OK || log_verify(args[0], &o, f, &r) != ERR_OK)
        return told(f);
    printf("%s: %llu of %llu entries proven, %llu tiles read, %llu faults\n", r.faults ? "WRONG" : "GOOD",
           (unsigned long long)r.entries, (unsigned long long)r.at.size, (unsigned long long)r.tiles,
           (unsigned long long)r.faults);
    printf("not checked: whether a larger checkpoint of this log was shown to somebody else (witnesses tell), "
           "and what the entries mean\n");
    return r.faults ? FAILED : 0;
}

static err_t read_and_check(arena *a, char **args, fault *f, tlog_proof *p)
{
    auto_hasher hasher *h = hasher_new();
    str                 proof, entry, text;
    policy             *pol;
    TRY(file_read(a, args[0], FILE_MAX_BYTES, f, &proof));
    TRY(file_read(a, args[1], FILE_MAX_BYTES, f, &entry));
    TRY(file_read(a, args[2], FILE_MAX_BYTES, f, &text));
    TRY(policy_parse(a, text, f, &pol));
    TRY(proof_parse(a, proof, f, p));
    return proof_check(a, h, p, entry, pol, f);
}

static int check_proof(arena *a, char **args, fault *f)
{
    tlog_proof p;
    if (read_and_check(a, args, f, &p) != ERR_OK)
        return told(f);
    printf("GOOD: the entry is number %llu of the log\n", (unsigned long long)p.index);
    return 0;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int         n_args;
        int (*run)(arena *a, char **args, fault *f);
    } commands[] = { { "log", 2, check_log }, { "proof", 3, check_proof } };
    auto_arena arena *a = arena_new(64 << 20);
    fault             f = { 0 };
    for (size_t i = 0; i < COUNT(commands); i++)
        if (argc == commands[i].n_args + 2 && strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(a, argv + 2, &f);
    fprintf(stderr, "usage: attest-ledger-verify log DIRECTORY VKEY\n"
                    "       attest-ledger-verify proof PROOF-FILE ENTRY-FILE POLICY-FILE\n");
    return 2;
}
