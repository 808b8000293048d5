#include "model/model.h"

extern const relation relation_log_forwarding;

static const field fields[] = {
    KEY_TEXT(system, "Host."),
    KEY_TEXT(tool, "rsyslog, syslog-ng, journal-upload, vector, fluent-bit, filebeat, promtail."),
    KEY_TEXT(target, "Receiver, without credentials."),
    TEXT(protocol, "tcp, udp, relp, http, https, file."),
    BOOL(encrypted, "Whether it is sent encrypted."),
    BOOL(remote, "Whether the receiver is another machine."),
    BOOL(connected, "Whether a connection to it stands now; unknown for udp."),
    BOOL(running, "Whether the tool runs."),
    TEXT(defined_in, "File and line."),
};

RELATION(log_forwarding, FACT,
         "A place logs are sent to.");
