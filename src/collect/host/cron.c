#include "collect/host/cron.h"

/* Cuts `n` words off *rest and returns them with the blanks between as they stand. */
static str take_words(str *rest, int n)
{
    str start = str_trim(*rest), word = S("");
    *rest = start;
    for (int i = 0; i < n; i++) {
        word = str_word(rest);
        if (word.n == 0)
            return S("");
    }
    return str_sub(start, 0, (size_t)(word.p + word.n - start.p));
}

/* NAME = value: a job's first field never is a name followed by =. */
static bool assignment(str line)
{
    size_t i = 0;
    while (i < line.n && line.p[i] != '=' && line.p[i] != ' ' && line.p[i] != '\t')
        i++;
    str rest = str_trim(str_sub(line, i, line.n));
    return i > 0 && rest.n && rest.p[0] == '=';
}

bool cron_parse(str line, bool with_account, cron_line *ret)
{
    str rest = str_trim(line), schedule, account = S("");
    if (rest.n == 0 || rest.p[0] == '#' || assignment(rest))
        return false;
    bool named = rest.p[0] == '@';
    if (!named && !memchr("*0123456789-", rest.p[0], 12))
        return false;
    schedule = take_words(&rest, named ? 1 : 5);
    if (with_account)
        account = str_word(&rest);
    rest = str_trim(rest);
    if (schedule.n == 0 || rest.n == 0 || (with_account && account.n == 0))
        return false;
    *ret = (cron_line){ schedule, account, rest };
    return true;
}

bool anacron_parse(str line, cron_line *ret)
{
    str rest = str_trim(line);
    if (rest.n == 0 || rest.p[0] == '#' || assignment(rest))
        return false;
    str period = str_word(&rest);
    if (take_words(&rest, 2).n == 0 || str_trim(rest).n == 0)
        return false;
    *ret = (cron_line){ period, S("root"), str_trim(rest) };
    return true;
}

bool cron_name(str name)
{
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
            return false;
    }
    return name.n > 0;
}
