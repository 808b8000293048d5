#include "model/model.h"

extern const relation relation_process_listener;

static const field fields[] = {
    KEY_TEXT(system, "Host."),
    KEY_TEXT(protocol, "tcp or udp."),
    KEY_TEXT(address, "Local address; 0.0.0.0 or :: is every one."),
    KEY_INT(port, "Local port."),
    BOOL(loopback, "Whether it can be reached from this machine only."),
    TEXT(process, "Name of the owning process."),
    TEXT(executable, "Its program file."),
    TEXT(account, "Account it runs as."),
};

RELATION(process_listener, FACT,
         "A socket that waits for connections or datagrams.");
