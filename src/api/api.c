/* The API as one front, and how its refusals speak. */
#include "api/parts.h"

extern const route_table record_api, file_api, assure_api, fact_api, document_api, source_api, account_api, message_api, program_api;
extern const api_doc record_docs[], file_docs[], assure_docs[], fact_docs[], document_docs[], source_docs[], account_docs[], message_docs[], program_docs[];

const api_part api_parts[] = {
    { "Records", &record_api, record_docs },
    { "Files", &file_api, file_docs },
    { "Assurance", &assure_api, assure_docs },
    { "Facts and ledger", &fact_api, fact_docs },
    { "Documents", &document_api, document_docs },
    { "Sources", &source_api, source_docs },
    { "Accounts", &account_api, account_docs },
    { "Messages", &message_api, message_docs },
    { "Program", &program_api, program_docs },
};
const size_t n_api_parts = COUNT(api_parts);

/* RFC 9457. `type` names the row of the table of errors. */
static void refuse(ask *q, err_t e, int status)
{
    const err_info *info = err_describe(e == ERR_OK ? ERR_INTERNAL : e);
    json_writer     w = { .b = &q->rs->body };
    q->rs->media = S("application/problem+json");
    if (status == 401)
        http_add(q->rs, "WWW-Authenticate", S("Bearer realm=\"attest\""));
    jw_obj(&w);
    jw_kstr(&w, "type", str_fmt(q->a, "urn:attest:error:%s", info->wire));
    jw_kstr(&w, "title", str_of(info->meaning));
    jw_kint(&w, "status", status);
    jw_kstr(&w, "detail", str_of(q->f.text));
    if (q->faults.n) {
        jw_key(&w, "errors");
        jw_arr(&w);
        for (size_t i = 0; i < q->faults.n; i++) {
            jw_obj(&w);
            jw_kstr(&w, "record", q->faults.v[i].record);
            jw_kstr(&w, "field", q->faults.v[i].field);
            jw_kstr(&w, "why", q->faults.v[i].why);
            jw_end_obj(&w);
        }
        jw_end_arr(&w);
    }
    jw_end_obj(&w);
}

static const route_table *const tables[] = { &record_api, &file_api, &assure_api, &fact_api, &document_api, &source_api, &account_api, &message_api, &program_api };
const front api_front = { .name = "api", .prefix = "/api/", .tables = tables, .n_tables = COUNT(tables), .replays = true, .refuse = refuse };
