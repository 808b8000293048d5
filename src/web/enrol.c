/* The first steps of somebody who came in by a link, or who must have a second factor and has
 * none: a password or a passkey, an authenticator, recovery codes. Each step is shown by what the
 * person has; a form of another step leads back to the one that is due. */
#include "web/sign_in.h"

/* A link is no way to sign in again: whoever came by one chooses a password, unless a passkey was used as well. */
static bool needs_password(const ask *q, const auth_factors *has)
{
    return str_starts(q->session.method, S("link")) && !(has->passkeys && !has->has_password && q->session.second);
}

err_t enrol_step_of(ask *q, auth_factors *ret_has, enrol_step *ret)
{
    TRY(auth_factors_of(gate_auth(q->g), q->session.person, &q->f, ret_has));
    if (needs_password(q, ret_has))
        *ret = ENROL_PASSWORD;
    else if (!ret_has->has_totp && !ret_has->passkeys)
        *ret = ENROL_SECOND;
    else
        *ret = ret_has->recovery_left ? ENROL_DONE : ENROL_CODES;
    return ERR_OK;
}

static bool enrolling(ask *q)
{
    if (q->session.stage == STAGE_ENROL)
        return true;
    http_redirect(q->rs, 303, q->session.stage == STAGE_HALF ? S("/sign-in/second") : S("/account"));
    return false;
}

/* True when the step is due; else the answer leads to the one that is. */
static err_t step_is(ask *q, enrol_step wanted, auth_factors *ret_has, bool *ret)
{
    enrol_step due;
    *ret = false;
    if (!enrolling(q))
        return ERR_OK;
    TRY(enrol_step_of(q, ret_has, &due));
    *ret = due == wanted;
    if (!*ret)
        http_redirect(q->rs, 303, S("/account/enrol"));
    return ERR_OK;
}

err_t enrol_advance(ask *q, const char *method, bool second)
{
    auth_session its = q->session;
    its.method = str_of(method);
    its.second = second || its.second;
    its.proven_at = q->now;
    TRY(session_again(q, &its));
    http_redirect(q->rs, 303, S("/account/enrol"));
    return ERR_OK;
}

static err_t whole(ask *q, const auth_factors *has)
{
    auth_session its = q->session;
    if (its.second && has->has_totp && str_eq(its.method, S("password")))
        its.method = S("password+totp");
    its.proven_at = q->now;
    return sign_in_whole(q, &its, S(""));
}

/* ---- pages ------------------------------------------------------------------------------------ */

static void open_page(ask *q, str title, str lead)
{
    page_open(q, &(page){ .title = title, .lead = lead, .bare = true, .no_as_of = true });
}

static err_t show_password(ask *q, str said)
{
    enrol_view v = { .q = q, .step = ENROL_PASSWORD, .fault = said };
    TRY(auth_factors_of(gate_auth(q->g), q->session.person, &q->f, &v.has));
    open_page(q, S("Choose a password"), S("You sign in with it from now on. A sentence is easier to remember, and harder to guess, than a word."));
    tpl_enrol_password(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* "ABCD EFGH ..." to be typed where no camera is. */
static str spaced(arena *a, str secret)
{
    buf b = buf_new(a, 256);
    for (size_t i = 0; i < secret.n; i++)
        buf_fmt(&b, "%s%c", i && i % 4 == 0 ? " " : "", secret.p[i]);
    return buf_str(&b);
}

static bool is_base32(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'A' && s.p[i] <= 'Z') && !(s.p[i] >= '2' && s.p[i] <= '7'))
            return false;
    return s.n >= 16 && s.n <= 64;
}

/* A second look at the page keeps the secret the authenticator may have read already. */
err_t totp_view(ask *q, str shown, enrol_view *v)
{
    v->secret = shown;
    if (!is_base32(shown))
        TRY(auth_totp_begin(gate_auth(q->g), q->a, q->session.person, &q->f, &v->secret));
    v->secret_spaced = spaced(q->a, v->secret);
    return auth_qr_svg(q->a, auth_totp_uri(q->a, workspace_name(q->ws), q->session.person, v->secret), &q->f, &v->qr);
}

static err_t show_totp(ask *q, str shown, str said)
{
    enrol_view v = { .q = q, .step = ENROL_SECOND, .fault = said, .may_skip = !gate_wants_second(q->g, q->who.role) };
    TRY(auth_factors_of(gate_auth(q->g), q->session.person, &q->f, &v.has));
    TRY(totp_view(q, shown, &v));
    open_page(q, S("Set up a second factor"), v.may_skip ? S("A code from your phone beside the password. A password alone can be stolen from far away.")
                                                         : S("A code from your phone beside the password. Your role needs one: a password alone can be stolen from far away."));
    tpl_enrol_totp(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t show_codes(ask *q)
{
    str        codes[RECOVERY_CODES];
    enrol_view v = { .q = q, .codes = codes, .done_to = "/account/enrol/done" };
    TRY(auth_recovery_make(gate_auth(q->g), q->a, q->session.person, &q->f, codes));
    TRY(ask_event(q, "factor_changed", q->session.person, S("recovery codes made"), true));
    open_page(q, S("Keep these codes"), S("Each signs you in once when your phone is not at hand. They are shown this one time."));
    tpl_codes(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t show_more(ask *q, enrol_step due)
{
    enrol_view v = { .q = q, .step = due };
    open_page(q, due == ENROL_DONE ? S("Everything is set up") : S("One thing left"), S(""));
    tpl_enrol_more(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static err_t get_enrol(ask *q)
{
    auth_factors has;
    enrol_step   due;
    if (!enrolling(q))
        return ERR_OK;
    TRY(enrol_step_of(q, &has, &due));
    switch (due) {
    case ENROL_PASSWORD: return show_password(q, S(""));
    case ENROL_SECOND: return show_totp(q, S(""), S(""));
    case ENROL_CODES: case ENROL_DONE: break;
    }
    return show_more(q, due);
}

/* ---- forms ---------------------------------------------------------------------------------------- */

err_t password_words(ask *q, str person, str **ret, size_t *ret_n)
{
    const sql_hole hole = { "person", sql_quote(q->a, person) };
    row_table      t = { 0 };
    TRY(app_rows(q->ws, q->a, "sql/web/person_words.sql", &hole, 1, 0, &q->f, &t));
    *ret = NEW_ARRAY(q->a, str, 5);
    (*ret)[0] = workspace_name(q->ws);
    (*ret)[1] = person;
    *ret_n = 2;
    for (size_t i = 0; t.n_rows && i < 3; i++)
        if (table_cell(&t, 0, i).n)
            (*ret)[(*ret_n)++] = table_cell(&t, 0, i);
    return ERR_OK;
}

err_t password_from_form(ask *q, fault *f)
{
    str    password = ask_field(q, "password"), again = ask_field(q, "again"), *words;
    size_t n;
    if (!str_eq(password, again))
        return fail(f, ERR_INVALID, "The two passwords are not the same.");
    TRY(password_words(q, q->session.person, &words, &n));
    TRY(auth_password_check(password, words, n, f));
    return auth_password_set(gate_auth(q->g), q->session.person, password, f);
}

static err_t post_password(ask *q)
{
    auth_factors has;
    bool         due;
    fault        here = { 0 };
    TRY(step_is(q, ENROL_PASSWORD, &has, &due));
    if (!due)
        return ERR_OK;
    err_t e = password_from_form(q, &here);
    if (e == ERR_INVALID) {
        q->rs->status = 422;
        return show_password(q, str_dup(q->a, str_of(here.text)));
    }
    if (e != ERR_OK)
        return fail(&q->f, e, "%s", here.text);
    TRY(ask_event(q, "factor_changed", q->session.person, S("password chosen"), true));
    return enrol_advance(q, "password", false);
}

static err_t post_totp(ask *q)
{
    auth_factors has;
    bool         due;
    fault        here = { 0 };
    str          code = six_digits(q->a, ask_field(q, "code")), said;
    TRY(step_is(q, ENROL_SECOND, &has, &due));
    if (!due)
        return ERR_OK;
    err_t e = auth_totp_confirm(gate_auth(q->g), q->session.person, code, &here);
    if (e != ERR_OK) {
        if (e == ERR_INVALID)
            e = ERR_DENIED;
        if (!try_told(q, e, "This code does not fit. Check that the clock of the phone is right, and type the code that shows now.", &here, &said))
            return fail(&q->f, e, "%s", here.text);
        return show_totp(q, ask_field(q, "shown"), said);
    }
    TRY(ask_event(q, "factor_changed", q->session.person, S("authenticator set up"), true));
    auth_session its = q->session;
    its.method = S("password+totp");
    its.second = true;
    its.proven_at = q->now;
    TRY(session_again(q, &its));
    http_redirect(q->rs, 303, S("/account/enrol"));
    return ERR_OK;
}

static err_t post_codes(ask *q)
{
    auth_factors has;
    enrol_step   due;
    if (!enrolling(q))
        return ERR_OK;
    TRY(enrol_step_of(q, &has, &due));
    if (due == ENROL_CODES || due == ENROL_DONE)
        return show_codes(q);
    http_redirect(q->rs, 303, S("/account/enrol"));
    return ERR_OK;
}

static err_t post_skip(ask *q)
{
    auth_factors has;
    bool         due;
    TRY(step_is(q, ENROL_SECOND, &has, &due));
    if (!due)
        return ERR_OK;
    if (gate_wants_second(q->g, q->who.role))
        return fail(&q->f, ERR_DENIED, "a second factor is required of every %s", role_name(q->who.role));
    return whole(q, &has);
}

static err_t post_done(ask *q)
{
    auth_factors has;
    bool         due;
    TRY(step_is(q, ENROL_DONE, &has, &due));
    if (!due)
        return ERR_OK;
    if (q->session.second)
        return whole(q, &has);
    /* The factor is there and this session has not used it: sign in with it. */
    TRY(auth_session_end(gate_auth(q->g), q->session.person, q->session.handle, S(""), &q->f));
    ask_cookie_drop(q, "attest");
    http_redirect(q->rs, 303, S("/sign-in"));
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/account/enrol", PERMIT_SESSION, 0, 0, 0, get_enrol, "The next step of setting up how one signs in" },
    { HTTP_POST, "/account/enrol/password", PERMIT_SESSION, 8 << 10, 0, 0, post_password, "Choose the first password" },
    { HTTP_POST, "/account/enrol/totp", PERMIT_SESSION, 4 << 10, 0, 0, post_totp, "Confirm the first authenticator" },
    { HTTP_POST, "/account/enrol/skip", PERMIT_SESSION, 4 << 10, 0, 0, post_skip, "Go on without a second factor, for whom none is required" },
    { HTTP_POST, "/account/enrol/codes", PERMIT_SESSION, 4 << 10, 0, 0, post_codes, "Make recovery codes, shown once" },
    { HTTP_POST, "/account/enrol/done", PERMIT_SESSION, 4 << 10, 0, 0, post_done, "Finish setting up how one signs in" },
};
ROUTE_TABLE(enrol_routes);
