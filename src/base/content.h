/*
 * base/content.h - reading content: text files built into the program, laid over
 * by a workspace's own, with every fault told by file and line.
 *
 * Rooms that read content (control tests, the library) say which directories are
 * theirs and how a file reads; where files come from, what is refused, and how
 * faults are told is here, once.
 * Depends on: base.  Threads: no hidden state.
 */
#ifndef BASE_CONTENT_H
#define BASE_CONTENT_H

#include "base/base.h"

enum {
    CONTENT_FILE_MAX = 1 << 20,       /* bytes of one file of content */
    CONTENT_OVERLAY_MAX = 16 << 20,   /* bytes of all files of an overlay */
    CONTENT_NAMES_MAX = 5000,         /* names in one directory of an overlay */
};

/* ---- faults: every mistake of every file, in the order found ------------------ */

typedef struct {
    arena *a;
    void (*on_fault)(void *arg, str what);    /* told at once, when set */
    void  *arg;
    DA(str) list;
} faults;

/* "path:line: text"; a line of 0 leaves the line out. */
void fault_at(faults *fs, str path, size_t line, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* "path:line:column: text". */
void fault_in(faults *fs, str path, size_t line, size_t column, const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* What a checker of queries said as "line:column: text" of the file; else at `line`. */
void fault_told(faults *fs, str path, size_t line, str text);
/* ERR_OK when there are none, else ERR_INVALID with as many as fit and "and N more". */
err_t faults_report(const faults *fs, fault *f) MUST_USE;

/* ---- text files ----------------------------------------------------------------- */

/* A file of content: its text, and the path people are told. */
typedef struct {
    str path, text;
} source_file;

/* "key: value" with the line it stands on; long values are already joined. */
typedef struct {
    str    key, value;
    size_t line;
} entry;

/* Cuts "key: value"; false when there is no colon or no key. */
bool entry_cut(str line, size_t number, entry *ret);
/* value + " " + more */
void entry_continue(arena *a, entry *e, str more);
/* UTF-8 without NUL, at most CONTENT_FILE_MAX bytes; else a fault and false. */
bool text_sound(faults *fs, const source_file *file);
/* Non-empty and only of a-z 0-9 -, beginning with a letter. */
bool name_sound(str s);

/* ---- blocks: [id] and "key: value" lines --------------------------------------------- */

/* What stands under one [id], or in one front matter. */
typedef struct {
    str       id;
    size_t    line;
    DA(entry) entries;
} block;

typedef DA(block) block_list;

/* What the ids of a file look like. */
typedef struct {
    bool      (*sound)(str id);
    const char *like;                 /* for people: "[AC-03]: two or three capitals, a dash, two digits" */
} id_form;

/* Blocks of a sound text. `#` begins a comment line, a line that begins with
 * blanks continues the one above. What is no block is told; one whose id does
 * not suit is told and left out. */
void blocks_read(arena *a, faults *fs, const source_file *file, const id_form *ids, block_list *ret);

/* One key of a block: it stands once, its value is not empty, and is written to
 * the str at `offset` of the target. */
typedef struct {
    const char *key;
    size_t      offset;
    bool        optional;
} key_row;
/* The offset of a key that may stand any number of times: its values are in the entries. */
#define KEY_REPEATS SIZE_MAX

/* Faults: unknown keys, keys that stand twice, keys that lack. False when there was one. */
bool   keys_read(faults *fs, str path, const block *b, const key_row *rows, size_t n, void *target);
size_t key_line(const block *b, const char *key);      /* the block's own line when there is no such key */

/* ---- the files of content ------------------------------------------------------- */

typedef struct {
    str         rel;                  /* "tests/access/mfa.sql": the same in every layer */
    source_file file;
    bool        overlay;
} content_file;

typedef DA(content_file) content_files;

/* A directory of content, or a single file of its top when the name has a dot. */
typedef struct {
    const char *name;                 /* "controls" */
    const char *endings[3];           /* what its files end in; others are refused */
    bool        nested;               /* files stand in NAME/GROUP/ */
    bool        by_block;             /* an overlay's file is added: its blocks are laid over one by one */
} content_dir;

/* What is built in, then the overlay's files; the same rel replaces (unless by_block).
 * `overlay` may be NULL or not exist. */
void files_gather(arena *a, faults *fs, const char *overlay, const content_dir *dirs, size_t n, content_files *ret);
const content_file *file_find(const content_files *files, str rel);

#endif
