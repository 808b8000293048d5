/*
 * collect/host/conf.h - private: what the parsers of configuration files share.
 *
 * A parser is a pure function over text; when its format includes other files
 * it asks a `conf_files`, which the probes fill from the environment and tests
 * and fuzz targets from a table. What a parser could not follow is a note,
 * never silence.
 */
#ifndef COLLECT_HOST_CONF_H
#define COLLECT_HOST_CONF_H

#include "collect/collector.h"

enum { CONF_FILE_MAX = 4 << 20, CONF_NOTES_MAX = 64, CONF_DEPTH_MAX = 16 };

/* Both return errno, 0 when done. Paths are absolute. */
typedef struct {
    int (*read)(void *arg, arena *a, const char *path, str *ret);
    int (*names)(void *arg, arena *a, const char *path, str **ret, size_t *ret_n);
    void *arg;
} conf_files;

conf_files conf_files_of(const collect_env *env);

typedef DA(str) conf_strs;

/* err: errno of reading `path`, or 0 and `text` says what is wrong. */
typedef struct {
    int         err;
    const char *path;
    str         text;
} conf_note;
typedef DA(conf_note) conf_notes;

void conf_note_errno(arena *a, conf_notes *notes, int err, const char *path);
void conf_note_text(arena *a, conf_notes *notes, const char *fmt, ...) PRINTF_LIKE(3);
/* Tells them as lacks of the relation being written. */
void conf_notes_emit(emit *e, const conf_notes *notes);

/* Files whose path matches `pattern` (globs in any part), sorted; a missing
 * directory gives none. Unreadable directories become notes. */
conf_strs conf_glob(arena *a, const conf_files *files, str pattern, conf_notes *notes);

/* The names that systemd, sysctl and modprobe read from `dirs` (most important
 * first, NULL-terminated): sorted by name, the first directory's file masks the
 * others. Returns full paths of names that end in `suffix`. */
conf_strs conf_drop_ins(arena *a, const conf_files *files, const char *const *dirs, str suffix, conf_notes *notes);

/* "file:line" */
str conf_place(arena *a, str file, int64_t line) MUST_USE;

/* Splits `line` into words at blanks, honours "..." and '...' and backslash
 * before a quote, a backslash or a blank; a word that begins with # ends it. */
conf_strs conf_words(arena *a, str line) MUST_USE;

/* ASCII, without regard to case. */
bool conf_same(str a, str b);
bool conf_starts(str s, str prefix);
/* Shell pattern with * ? [..] as fnmatch(3); NUL bytes never match. */
bool conf_match(arena *a, str pattern, str text, bool fold_case);

/* NAME=VALUE or NAME VALUE lines with # comments. `sep` is '=' or ' '. Returns
 * false for blank lines and comments. A name alone has value "". */
bool conf_pair(str line, char sep, str *ret_name, str *ret_value);

/* One "Name=Value" of an ini file as systemd reads it. */
typedef struct {
    str     section, name, value;
    int64_t line;
} ini_pair;
typedef struct {
    str     rest, section;
    int64_t line;
} ini_reader;
/* The next pair; false at the end. Lines that go on after a backslash are joined in `a`. */
bool ini_next(arena *a, ini_reader *r, ini_pair *ret);

#endif
