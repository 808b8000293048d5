#include "http/parts.h"

void count_answer(http_server *s, int status, size_t bytes, time_us took)
{
    size_t slot = 0;
    int    group = status / 100;
    while (slot < COUNT(s->took_us) - 1 && took > ((time_us)100 << slot))
        slot++;
    s->requests++;
    s->bytes_out += (int64_t)bytes;
    s->took_us[slot]++;
    s->took_sum_us += took;
    if (group >= 1 && group <= 5)
        s->by_status[group]++;
}

http_counters http_counted(const http_server *s)
{
    http_counters c = {
        .requests = s->requests, .refused = s->refused, .bytes_out = s->bytes_out, .connections = s->connections,
        .timeouts = s->timeouts, .took_sum_us = s->took_sum_us, .connections_open = s->n_open,
    };
    for (size_t i = 0; i < COUNT(c.by_status); i++)
        c.by_status[i] = s->by_status[i];
    for (size_t i = 0; i < COUNT(c.took_us); i++)
        c.took_us[i] = s->took_us[i];
    return c;
}
