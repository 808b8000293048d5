/* collect/host/certs.h - private to the room: certificate files that service
 * configurations name. Pure. */
#ifndef COLLECT_HOST_CERTS_H
#define COLLECT_HOST_CERTS_H

#include "base/base.h"

typedef struct {
    const char *service;
    const char *files[4];                /* where its configuration begins; patterns */
    const char *certificate[4], *key[3], *include[3];       /* its words for them */
    bool        anywhere;                /* the words may stand in the middle of a line */
} cert_service;

extern const cert_service cert_services[];
extern const size_t       n_cert_services;

typedef struct {
    void (*certificate)(void *arg, str path);
    void (*key)(void *arg, str path);
    void (*include)(void *arg, str pattern);
    void *arg;
} cert_reader;
void cert_config(const cert_service *s, str text, const cert_reader *r);

/* One X.509 certificate, told. */
typedef struct {
    str     subject, issuer, names, serial, signature;
    const char *key_type;
    int64_t key_bits;
    time_us from, until;
    bool    from_known, until_known, self_signed;
} cert_facts;
typedef DA(cert_facts) cert_chain;
/* Every certificate of a PEM file, or the one of a DER file. False when there is none. */
bool certs_parse(arena *a, str bytes, cert_chain *ret);

#endif
