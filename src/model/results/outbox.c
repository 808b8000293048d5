#include "model/model.h"

extern const relation relation_outbox;

static const field fields[] = {
    KEY_TEXT(id, "Names the message to its receiver too, so that one sent twice is told from two."),
    ENUM(channel, "How it goes out.", "mail", "webhook"),
    TEXT(recipient, "mail: the address; webhook: the endpoint, as HOST#DIGEST of its URL."),
    TEXT(event, "What kind of message it is, as task.reminder: the type of a webhook."),
    TEXT(subject, "One line."),
    TEXT(body, "What it says.", .flags = FIELD_LONG),
    TEXT(about, "The record it speaks of, as TYPE/ID."),
    TIME(queued_at, "When it was put in."),
    ENUM(state, "queued: not tried yet; failed: tried, will be tried again; given_up: will not be tried again.",
         "queued", "sent", "failed", "given_up"),
    INT(attempts, "How often it was tried."),
    TIME(tried_at, "When it was tried last."),
    TIME(next_try_at, "Not to be tried before."),
    INT(status, "What the other side answered last: a status of HTTP or SMTP; unknown when there was no answer."),
    TEXT(last_error, "Why the last try did not go well."),
    TIME(sent_at, "When the other side took it."),
};

RELATION(outbox, RESULT, "Messages to people and to other programs, and what became of them.");
