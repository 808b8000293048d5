/* One row a step along the first parents of the default branch. */
#include "collect/git/git.h"

typedef struct {
    git_source *s;
    gcommit    *c;
    git_commit *raw;
    str         message, subject;
    people      authors, approvers;
    person      merger;
    int64_t     commits;
    bool        merge, known;            /* known: who wrote it could be told */
} change;

typedef DA(gcommit *) commit_list;

static int by_address(const void *x, const void *y)
{
    return str_cmp(((const person *)x)->address, ((const person *)y)->address);
}

static void sort_unique(people *p)
{
    size_t n = 0;
    if (p->n)
        qsort(p->v, p->n, sizeof *p->v, by_address);
    for (size_t i = 0; i < p->n; i++) {
        bool same = n && str_eq(p->v[n - 1].address, p->v[i].address) && str_eq(p->v[n - 1].name, p->v[i].name);
        if (!same)
            p->v[n++] = p->v[i];
    }
    p->n = n;
}

static void add_all(arena *a, people *to, const people *from)
{
    for (size_t i = 0; i < from->n; i++)
        da_push(a, to) = from->v[i];
}

/* Takes what `c` brought in: all that is reachable from its further parents
 * and that no older step has taken. False when history is cut there. */
static bool take_side(change *ch, arena *a, gcommit *c)
{
    commit_list todo = { 0 };
    bool        whole = true;
    for (unsigned i = 1; i < c->n_parents; i++)
        da_push(a, &todo) = c->parents[i];
    while (todo.n) {
        gcommit *x = todo.v[--todo.n];
        if (!x || !x->loaded) {
            whole = false;
            continue;
        }
        if (x->visited)
            continue;
        x->visited = true;
        ch->commits++;
        add_all(a, &ch->authors, &x->authors);
        for (unsigned i = 0; i < x->n_parents; i++)
            da_push(a, &todo) = x->parents[i];
    }
    return whole;
}

static void find_authors(change *ch, arena *a)
{
    gcommit *c = ch->c;
    c->visited = true;
    ch->merge = c->n_parents > 1;
    ch->known = true;
    if (ch->merge)
        ch->known = take_side(ch, a, c);
    else
        ch->commits = 1;
    if (ch->authors.n == 0)
        add_all(a, &ch->authors, &c->authors);
    sort_unique(&ch->authors);
}

/* A merge made in the browser is committed by the service and authored by whoever pressed the button. */
static void find_merger(change *ch, arena *a)
{
    git_source *s = ch->s;
    ch->merger = git_person(a, s->g.commit_committer(ch->raw));
    if (ch->merge && address_is_service(ch->merger.address)) {
        person author = git_person(a, s->g.commit_author(ch->raw));
        if (!address_is_service(author.address))
            ch->merger = author;
    }
}

/* True only on evidence of somebody else; unknown (no value) where git cannot tell. */
static value judge(change *ch, arena *a, str reference)
{
    bool service = address_is_service(git_person(a, ch->s->g.commit_committer(ch->raw)).address);
    bool pull = ch->merge && message_is_pull(ch->subject, ch->s->branch);
    message_reviewers(a, ch->message, &ch->approvers);
    if (!pull && person_is_other(&ch->merger, &ch->authors))
        da_push(a, &ch->approvers) = ch->merger;
    sort_unique(&ch->approvers);
    for (size_t i = 0; ch->known && i < ch->approvers.n; i++)
        if (person_is_other(&ch->approvers.v[i], &ch->authors))
            return v_bool(true);
    return !ch->known || service || pull || reference.n ? V_UNKNOWN : v_bool(false);
}

static str addresses(arena *a, const people *p)
{
    buf b = buf_new(a, 8 << 20);
    for (size_t i = 0; i < p->n; i++) {
        if (i && str_eq(p->v[i].address, p->v[i - 1].address))
            continue;
        if (i)
            buf_putc(&b, ' ');
        buf_puts(&b, p->v[i].address);
    }
    return buf_str(&b);
}

static void emit_change(change *ch, arena *a)
{
    git_source *s = ch->s;
    emit       *e = s->e;
    char        hex[GIT_OID_HEXSZ + 1];
    str         reference = message_reference(a, ch->message);
    value       approved = judge(ch, a, reference);
    bool        none = approved.kind != V_NULL && !approved.i;       /* what git does not name was not */
    emit_text(e, "repository", s->name);
    emit_z(e, "id", s->g.oid_tostr(hex, sizeof hex, &ch->c->id));
    git_emit_time(e, "at", s->g.commit_committer(ch->raw)->when.time);
    emit_text(e, "title", ch->subject);
    if (ch->known) {
        emit_text(e, "author", addresses(a, &ch->authors));
        emit_int(e, "commits", ch->commits);
    }
    emit_text(e, "merged_by", ch->merger.address);
    if (ch->approvers.n || none)
        emit_text(e, "approvers", addresses(a, &ch->approvers));
    if (approved.kind != V_NULL)
        emit_bool(e, "approved", approved.i);
    emit_bool(e, "merge", ch->merge);
    emit_bool(e, "signed", git_signature_type(str_of(s->g.commit_raw_header(ch->raw))) != NULL);
    if (reference.n || none)
        emit_text(e, "reference", reference);
    emit_row(e);
}

static void one_change(git_source *s, gcommit *c)
{
    auto_arena arena *a = arena_new(256 << 20);
    change            ch = { .s = s, .c = c };
    find_authors(&ch, a);
    if (c->n_parents && c->parents[0] && !c->parents[0]->loaded)
        return;                          /* the walk ended here: what it brought in cannot be told */
    if (s->g.commit_lookup(&ch.raw, s->repo, &c->id) != 0) {
        emit_lack(s->e, ST_ERROR, "a commit cannot be read again: %s", git_lib_error(&s->g));
        return;
    }
    ch.message = str_of(s->g.commit_message_raw(ch.raw));
    ch.subject = message_subject(ch.message);
    find_merger(&ch, a);
    emit_change(&ch, a);
    s->g.commit_free(ch.raw);
}

void git_changes(git_source *s)
{
    commit_list line = { 0 };
    for (gcommit *c = s->h.tip; c && c->loaded; c = c->n_parents ? c->parents[0] : NULL)
        da_push(s->a, &line) = c;
    git_begin(s, "change");
    for (size_t i = line.n; i-- > 0;)
        one_change(s, line.v[i]);
    if (s->h.lack)
        emit_lack(s->e, s->h.lack, STR_FMT, STR_ARG(s->h.reason));
    emit_end(s->e, s->has_tip || s->h.lack ? ST_OK : ST_ABSENT);
}
