#include "model/model.h"

extern const relation relation_certificate;

static const field fields[] = {
    KEY_TEXT(system, "Host."),
    KEY_TEXT(path, "File."),
    KEY_INT(position, "Place in the file, counted from 1; 1 is the service's own."),
    TEXT(subject, "Subject name."),
    TEXT(names, "Names it is valid for, with blanks between."),
    TEXT(issuer, "Issuer name."),
    TEXT(serial, "Serial number in hex."),
    TIME(valid_from_at, "Start of validity."),
    TIME(valid_until_at, "End of validity."),
    TEXT(key_type, "RSA, EC, ED25519."),
    INT(key_bits, "Size of the key.", .unit = "bits"),
    TEXT(signature_algorithm, "Algorithm the issuer signed with."),
    BOOL(self_signed, "Whether it is signed by itself."),
    TEXT(used_by, "Services that name the file, with blanks between."),
    BOOL(key_exposed, "Whether a private key in or beside it can be read by everyone."),
};

RELATION(certificate, FACT,
         "An X.509 certificate in a file that a service names.");
