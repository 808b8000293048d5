/* Every command, one row each. */
#include "cli/command.h"

const option global_options[GLOBAL_OPTIONS] = {
    { "workspace", "DIR", "the workspace, or the directory it is in (also ATTEST_WORKSPACE)" },
    { "json", NULL, "answer in JSON" },
    { "quiet", NULL, "no progress and no remarks" },
    { "color", "WHEN", "auto, always or never (NO_COLOR is honoured)" },
    { "help", NULL, "explain the command" },
    { "version", NULL, "print the version" },
    { "as", "PERSON", "act as this person: for who keeps the workspace, or a manager for another" },
};

#define AS_OF { "as-of", "TIME", "the state at that moment: RFC 3339 or a date" }

#define SETUP_OPTIONS \
    { "service", "NAME", "what the report is to be about" }, { "owner", "NAME", "who answers for the program" }, \
    { "email", "ADDRESS", "of that person" }, \
    { "categories", "LIST", "beside security: availability,confidentiality,processing-integrity,privacy" }, \
    { "contact", "ADDRESS", "where security problems are reported (default: the address above)" }, \
    { "answers", "FILE", "all of these as lines \"key: value\"" }

const command commands[] = {
    { "init", "[DIR]", 0, 1, cmd_init,
      { { "name", "NAME", "what the organisation is called (default: the directory's name)" },
        { "store", "URL", "postgres://... (default: SQLite in the workspace)" }, SETUP_OPTIONS },
      "make a workspace: .attest/ with store, ledger and keys",
      "Adds this host as a source, and the git repository that DIR is in, if there is one. On a terminal it asks six questions "
      "and sets up the program: categories, policies as drafts, controls with owners, courses, first tasks." },
    { "setup", "", 0, 0, cmd_setup, { SETUP_OPTIONS },
      "set up the program of a workspace: scope, policies as drafts, controls with owners, courses, first tasks",
      "What init does when its questions are answered, for a workspace that was made without." },
    { "demo", "[DIR]", 0, 1, cmd_demo,
      { { "people", "N", "how many worked there at some time (default: 40)" }, { "hosts", "N", "machines (default: 12)" },
        { "months", "N", "how long it is looked at (default: 12)" }, { "seed", "N", "another number, another company (default: 1)" },
        { "until", "TIME", "when its story ends (default: now)" } },
      "make a workspace of a fictional company, to look around in (default DIR: attest-demo)",
      "Months of hourly collections and of records with their real-looking mess; docs/tour.md walks through it. The same options "
      "give the same company." },
    { "collect", "[SOURCE [ARGUMENT]]", 0, 2, cmd_collect, { { NULL, NULL, NULL } },
      "gather facts now: from all configured sources, or from the one named",
      "A source that could not see everything is told with its reason; what it did not see is unknown, never false." },
    { "assess", "[TEST...]", 0, -1, cmd_assess,
      { AS_OF, { "format", "FORMAT", "text, json, junit, sarif or csv" }, { "output", "FILE", "write there instead" } },
      "run control tests over the facts: all, or those named (also by prefix: access.)",
      "Exit status 1 when a test fails, has no data or ends in error. The outcome of a full run of now is kept in the history." },
    { "serve", "", 0, 0, cmd_serve,
      { { "listen", "ADDR:PORT", "where to answer (default: 127.0.0.1:8480; also `listen:` in the config)" },
        { "tls", NULL, "TLS on loopback too; on every other address it is always on" },
        { "plain", NULL, "no TLS: a proxy before this server does it" } },
      "pages in the browser, REST API, schedule",
      "Prints the address and, while nobody can sign in yet, a link that works once. Stops on SIGTERM when requests under way are "
      "done; SIGHUP reads configuration, content and certificate again." },
    { "token", "PERSON", 1, 1, cmd_token,
      { { "scopes", "LIST", "read, write, ingest, scim, agent, metrics, admin; commas between (default: read)" },
        { "label", "TEXT", "what it is for; rows it sends come from the source push:TEXT" },
        { "days", "N", "how long it lasts, at most 366 (default: 90)" } },
      "make a token for a program, with the rights of a person", "It is shown once; the account page ends it." },
    { "invite", "PERSON", 1, 1, cmd_invite, { { NULL, NULL, NULL } },
      "make a link that signs a person in once, to set up how they sign in", NULL },
    { "status", "", 0, 0, cmd_status,
      { { "all", NULL, "every criterion and every failing test" }, AS_OF },
      "where you stand, what to fix first, what could not be seen", NULL },
    { "report", "NAME", 1, 1, cmd_report,
      { { "output", "FILE", "where to write it (readiness: readiness.html; others: standard output)" }, AS_OF,
        { "format", "FORMAT", "text, html, json or csv (default: what FILE ends in, or text; readiness is always html)" } },
      "write a document: readiness, gap, risk or treatment",
      "readiness: every criterion, control and test. gap: what stands between the program and every criterion in scope. risk: the "
      "picture of risks and the register. treatment: what is to be done about risks, gaps and findings." },
    { "plan", "", 0, 0, cmd_plan, { { NULL, NULL, NULL } },
      "make the remediation plan from the gaps: one item each, with an owner and a day",
      "Run again, it adds what is new, opens again what came back, closes what is no gap any more, and leaves what people wrote." },
    { "sql", "QUERY", 1, 1, cmd_sql, { AS_OF, { "format", "FORMAT", "table, csv or json" } },
      "read-only SQL over every relation",
      "Each relation is a view of what holds (or held, with --as-of), with its source and valid_from; RELATION_history has "
      "every version; commits has every commit. See: attest relations" },
    { "relations", "[RELATION]", 0, 1, cmd_relations, { { NULL, NULL, NULL } },
      "the relations there are, or one with its fields", NULL },
    { "verify", "[FILE]", 0, 1, cmd_verify, { { "key", "VKEY", "the log's public key, as you got it from a trusted place" },
        { "record", NULL, "keep the outcome in the workspace, where the ledger's page shows it" } },
      "check the whole history, or a proof file",
      "Recomputes every row's commitment, every commit, every tile and the signatures. Exit status 1 when anything was altered." },
    { "ledger checkpoint", "", 0, 0, cmd_checkpoint, { { NULL, NULL, NULL } },
      "print the latest signed checkpoint; with --json also the public key", NULL },
    { "ledger prove", "COMMIT | RELATION KEY", 1, 2, cmd_prove, { { "output", "FILE", "where to write it (default: standard output)" } },
      "write a proof that a commit or a row is in the log, for anyone to check",
      "KEY is the row's key fields joined by /. docs/verify.md shows how to check the file with openssl alone." },
    { "ledger witness", "list | add | remove | request | import | new", 1, 3, cmd_witness,
      { { "old", "N", "with request: how many entries the witness has seen, when it says so" },
        { "output", "FILE", "with request: where to write it (default: standard output)" } },
      "the witnesses of this log: who they are, what they are sent, what they cosigned",
      "Words that follow: add VKEY WHO, remove NAME, request [NAME], import FILE, new DIR NAME. A witness is somebody who is not you, as the audit firm, with a key of their own. They are sent a request, by mail or on a stick, and send "
      "back the checkpoint with their signature; import keeps it. new makes a witness's directory, on the witness's machine." },
    { "ledger cosign", "REQUEST", 1, 1, cmd_cosign,
      { { "witness", "DIR", "the directory that ledger witness new made" },
        { "log", "VKEY", "the log's public key, as you were handed it: the first time" },
        { "output", "FILE", "where to write it (default: standard output)" } },
      "as a witness: sign a checkpoint of somebody else's log, if it holds all you saw before",
      "Needs no workspace. What does not lead from the last checkpoint signed here is refused: then history was written anew, or the request is damaged." },
    { "source", "list | kinds | add SOURCE [ARGUMENT] | remove SOURCE [ARGUMENT]", 1, 3, cmd_source, { { NULL, NULL, NULL } },
      "configured origins of facts", NULL },
    { "content", "check | list", 1, 1, cmd_content, { { NULL, NULL, NULL } },
      "the criteria, controls and tests in use; check tells every fault with file and line",
      "check also runs the fixtures of the workspace's own tests." },
    { "tick", "", 0, 0, cmd_tick, { { NULL, NULL, NULL } },
      "open the tasks that have become due, close those the records show as done, say who must hear of one",
      "Run it daily, from cron or a timer. What is owed is told by the duties of content/duties." },
    { "person sync", "FILE", 1, 1, cmd_person_sync,
      { { "map", "FIELD=COLUMN...", "a column of the file that has another name than the field" },
        { "leavers", "WHAT", "who is missing in the file: mark (default) or report" },
        { "dry-run", NULL, "tell everything, and keep nothing" }, { "force", NULL, "also when more than a fifth would leave" },
        { "format", "FORMAT", "csv or json (default: by the name's ending)" }, { "reason", "TEXT", "why, for the history" } },
      "reconcile people with an export of the HR system",
      "The file holds everybody who works here now. Who is new is added, and started once the first day has come; a change of role, team or "
      "manager is a move; who is missing or past the last day leaves. Headcount is rolled forward and compared with the file. Columns that are "
      "no fields are named and passed over; states and permission in Attest are never taken from a file." },
    { "evidence get", "EV-ID", 1, 1, cmd_evidence_get, { { "output", "FILE", "where to write it (default: the name it was given with)" } },
      "give back a file of evidence, verified", "-o - writes to standard output." },
    { "types", "", 0, 0, cmd_types, { { NULL, NULL, NULL } },
      "the types of records there are, by group",
      "attest TYPE --help explains one: its fields, its states, and the steps from one to the next." },
    { "notify", "list | deliver | test ADDRESS | test webhook", 1, 2, cmd_notify, { { NULL, NULL, NULL } },
      "messages to people and programs: what is in the outbox, sending what is due, trying out a channel",
      "Run deliver every few minutes (cron, a systemd timer). Exit status 1 when something could not be sent. docs/notify.md "
      "has the lines of the configuration." },
    { "library", "list [KIND] | show KIND/NAME", 1, 2, cmd_library, { { NULL, NULL, NULL } },
      "policies, playbooks, courses, risks, questionnaires, checklists and requests to start from",
      "A text of the same path in the workspace's content/ takes the place of the one that is built in." },
    { "population", "list | show NAME", 1, 2, cmd_population,
      { { "from", "TIME", "when the period begins (default: a year before its end)" }, { "to", "TIME", "when it ends (default: now)" },
        { "format", "FORMAT", "table, csv or json" } },
      "the rows an auditor samples from, and what shows that none is missing",
      "Exit status 1 when a check of its completeness fails or cannot be made." },
    { "help", "[COMMAND]", 0, 2, cmd_help, { { NULL, NULL, NULL } }, "explain a command", NULL },
    { "version", "", 0, 0, cmd_version, { { NULL, NULL, NULL } }, "print the version", NULL },
};
const size_t n_commands = COUNT(commands);

void put_help(buf *out, const command *cmd)
{
    if (!cmd) {
        buf_putz(out, "attest - SOC 2 that outsiders can verify\n\n");
        for (size_t i = 0; i < n_commands; i++) {
            buf_fmt(out, "  attest %-18s ", commands[i].name);
            put_wrapped(out, str_of(commands[i].summary), 28, 80);
        }
        buf_putz(out, "\nRecords (attest types lists each TYPE, attest TYPE --help explains it):\n");
        for (size_t i = 0; i < n_record_commands; i++) {
            buf_fmt(out, "  TYPE %-20s ", record_commands[i].name);
            put_wrapped(out, str_of(record_commands[i].summary), 28, 80);
        }
        buf_putz(out, "\nBefore or after any command:\n");
        for (size_t i = 0; i < GLOBAL_OPTIONS; i++)
            buf_fmt(out, "  --%s%s%s\n      %s\n", global_options[i].name, global_options[i].value ? " " : "",
                    global_options[i].value ? global_options[i].value : "", global_options[i].help);
        buf_putz(out, "\nStart with: attest init, attest collect, attest status\n");
        return;
    }
    bool record = cmd >= record_commands && cmd < record_commands + n_record_commands;
    buf_fmt(out, "attest %s%s%s%s\n\n  ", record ? "TYPE " : "", cmd->name, cmd->arguments[0] ? " " : "", cmd->arguments);
    put_wrapped(out, str_of(cmd->summary), 2, 80);
    for (size_t i = 0; i < OPTIONS_MAX && cmd->options[i].name; i++) {
        buf_fmt(out, "\n  --%s%s%s\n      ", cmd->options[i].name, cmd->options[i].value ? " " : "",
                cmd->options[i].value ? cmd->options[i].value : "");
        put_wrapped(out, str_of(cmd->options[i].help), 6, 80);
    }
    if (cmd->help) {
        buf_putz(out, "\n  ");
        put_wrapped(out, str_of(cmd->help), 2, 80);
    }
}
