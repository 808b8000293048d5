/* The rail: six groups, the words of the command line. */
#include "web/page.h"

const nav_entry nav[] = {
    { "Home", "Home", "/", PERMIT_READER },
    { "Home", "My work", "/my", PERMIT_MEMBER },
    { "Assure", "Criteria", "/criteria", PERMIT_READER },
    { "Assure", "Controls", "/controls", PERMIT_READER },
    { "Assure", "Tests", "/tests", PERMIT_READER },
    { "Assure", "Exceptions", "/exceptions", PERMIT_READER },
    { "Assure", "Waivers", "/waiver", PERMIT_READER },
    { "Program", "Tasks", "/task", PERMIT_READER },
    { "Program", "Calendar", "/calendar", PERMIT_READER },
    { "Program", "Policies", "/policy", PERMIT_READER },
    { "Program", "People", "/person", PERMIT_READER },
    { "Program", "Access", "/access_review", PERMIT_READER },
    { "Program", "Assets", "/asset", PERMIT_READER },
    { "Program", "Risks", "/risk", PERMIT_READER },
    { "Program", "Vendors", "/vendor", PERMIT_READER },
    { "Program", "Changes", "/change_request", PERMIT_READER },
    { "Program", "Incidents", "/incident", PERMIT_READER },
    { "Program", "All registers", "/registers", PERMIT_READER },
    { "Evidence", "Sources", "/sources", PERMIT_READER },
    { "Evidence", "Facts", "/facts", PERMIT_READER },
    { "Evidence", "Files", "/evidence", PERMIT_READER },
    { "Evidence", "Ledger", "/ledger", PERMIT_READER },
    { "Evidence", "Trail", "/trail", PERMIT_READER },
    { "Audit", "Populations", "/populations", PERMIT_READER },
    { "Audit", "Reports", "/reports", PERMIT_READER },
    { "Settings", "My account", "/account", PERMIT_PERSON },
    { "Settings", "Workspace", "/settings", PERMIT_MANAGER },
};
const size_t n_nav = COUNT(nav);
