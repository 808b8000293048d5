/* Ed25519 keys: their text forms, their files, and the two things they do. */
#include "ledger/private.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_FILE_MAX_BYTES = 4096, VKEY_MAX_BYTES = 4096 };

struct note_signer {
    arena        *a;
    note_verifier public;
    EVP_PKEY     *pkey;
    uint8_t       seed[32];
};

/* Secrets pass through arena strings, which nobody else may write to. */
static void wipe(str secret)
{
    if (secret.n)
        OPENSSL_cleanse((void *)(uintptr_t)secret.p, secret.n);
}

/* ---- names and ids ---- */

/* The bytes of the white space characters of Unicode beyond ASCII. */
static bool starts_with_space(str s)
{
    static const char *const spaces[] = {
        "\xC2\x85", "\xC2\xA0", "\xE1\x9A\x80", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF",
        "\xE2\x81\x9F", "\xE3\x80\x80",
    };
    for (size_t i = 0; i < COUNT(spaces); i++)
        if (str_starts(s, str_of(spaces[i])))
            return true;
    return s.n >= 3 && memcmp(s.p, "\xE2\x80", 2) == 0 && (uint8_t)s.p[2] >= 0x80 && (uint8_t)s.p[2] <= 0x8A;
}

bool key_name_valid(str name)
{
    if (name.n == 0 || !utf8_valid(name))
        return false;
    for (size_t i = 0; i < name.n; i++) {
        uint8_t c = (uint8_t)name.p[i];
        if (c <= 0x20 || c == '+' || starts_with_space(str_sub(name, i, name.n)))
            return false;
    }
    return true;
}

void key_id(hasher *h, str name, uint8_t type, const uint8_t public_key[32], uint8_t ret[4])
{
    uint8_t separator[2] = { '\n', type };
    sha256_begin(h);
    sha256_add(h, name.p, name.n);
    sha256_add(h, separator, sizeof separator);
    sha256_add(h, public_key, 32);
    hash32 hash = sha256_end(h);
    memcpy(ret, hash.b, 4);
}

/* ---- text forms ---- */

/* Cuts "name+hex8+base64" into its parts; base64 may hold '+' itself. The
 * payload is the type and 32 bytes of key. */
static bool split_key(arena *a, str text, str *ret_name, uint8_t ret_id[4], uint8_t *ret_type, uint8_t ret_key[32])
{
    str payload, name = str_cut(&text, '+');
    if (!text.p)
        return false;
    str id = str_cut(&text, '+');
    if (!text.p || !key_name_valid(name) || !hex_parse(id, ret_id, 4) || !str_eq(id, str_lower(a, id)))
        return false;
    if (!base64_parse(a, text, &payload) || payload.n != 33)
        return false;
    *ret_type = (uint8_t)payload.p[0];
    memcpy(ret_key, payload.p + 1, 32);
    wipe(payload);
    *ret_name = str_dup(a, name);
    return *ret_type == KEY_ED25519 || *ret_type == KEY_COSIGNATURE;
}

static str join_key(arena *a, str name, const uint8_t id[4], uint8_t type, const uint8_t key[32])
{
    uint8_t payload[33];
    payload[0] = type;
    memcpy(payload + 1, key, 32);
    str id_hex = hex_of(a, id, 4), base64 = base64_of(a, payload, sizeof payload);
    OPENSSL_cleanse(payload, sizeof payload);
    str text = str_fmt(a, STR_FMT "+" STR_FMT "+" STR_FMT, STR_ARG(name), STR_ARG(id_hex), STR_ARG(base64));
    wipe(base64);
    return text;
}

err_t verifier_parse(arena *a, str vkey, fault *f, note_verifier *ret)
{
    auto_hasher hasher *h = hasher_new();
    note_verifier       v = { 0 };
    uint8_t             id[4];
    if (vkey.n > VKEY_MAX_BYTES || !split_key(a, vkey, &v.name, v.id, &v.type, v.public_key))
        return fail(f, ERR_INVALID, "not a verifier key; it should read name+8 hex digits+base64");
    key_id(h, v.name, v.type, v.public_key, id);
    if (memcmp(id, v.id, 4) != 0)
        return fail(f, ERR_INVALID, "the verifier key of " STR_FMT " has an id that does not belong to its key",
                    STR_ARG(v.name));
    *ret = v;
    return ERR_OK;
}

str verifier_text(arena *a, const note_verifier *v)
{
    return join_key(a, v->name, v->id, v->type, v->public_key);
}

/* ---- private keys ---- */

static note_signer *signer_of_seed(str name, uint8_t type, const uint8_t seed[32])
{
    auto_hasher hasher *h = hasher_new();
    arena              *a = arena_new(64 << 10);
    note_signer        *s = NEW(a, note_signer);
    size_t              n = sizeof s->public.public_key;
    assert(key_name_valid(name));
    s->a = a;
    memcpy(s->seed, seed, sizeof s->seed);
    s->pkey = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, 32);
    if (!s->pkey || EVP_PKEY_get_raw_public_key(s->pkey, s->public.public_key, &n) != 1 || n != 32)
        abort();                        /* a libcrypto without Ed25519 cannot run this program */
    s->public.name = str_dup(a, name);
    s->public.type = type;
    key_id(h, name, type, s->public.public_key, s->public.id);
    return s;
}

static note_signer *signer_new(str name, uint8_t type)
{
    uint8_t seed[32];
    random_bytes(seed, sizeof seed);
    note_signer *s = signer_of_seed(name, type, seed);
    OPENSSL_cleanse(seed, sizeof seed);
    return s;
}

note_signer *note_signer_new(str name) { return signer_new(name, KEY_ED25519); }
note_signer *witness_signer_new(str name) { return signer_new(name, KEY_COSIGNATURE); }

void note_signer_free(note_signer *s)
{
    if (!s)
        return;
    EVP_PKEY_free(s->pkey);
    OPENSSL_cleanse(s->seed, sizeof s->seed);
    arena_free(s->a);
}

const note_verifier *note_signer_public(const note_signer *s) { return &s->public; }

void note_signer_sign(const note_signer *s, str message, uint8_t ret[64])
{
    size_t      n = 64;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    if (!ctx || EVP_DigestSignInit(ctx, NULL, NULL, NULL, s->pkey) != 1 ||
        EVP_DigestSign(ctx, ret, &n, (const uint8_t *)message.p, message.n) != 1 || n != 64)
        abort();
    EVP_MD_CTX_free(ctx);
}

bool ed25519_verified(const uint8_t public_key[32], const uint8_t signature[64], str message)
{
    EVP_PKEY   *pkey = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public_key, 32);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool        good = pkey && ctx && EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, pkey) == 1 &&
                EVP_DigestVerify(ctx, signature, 64, (const uint8_t *)message.p, message.n) == 1;
    EVP_MD_CTX_free(ctx);
    EVP_PKEY_free(pkey);
    ERR_clear_error();                  /* a refused signature is an answer, not an error of the library */
    return good;
}

/* ---- key files ---- */

static const char private_prefix[] = "PRIVATE+KEY+";

static err_t write_key(const char *path, str text, fault *f)
{
    auto_fd int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    ssize_t     n = fd >= 0 && fchmod(fd, 0600) == 0 ? write(fd, text.p, text.n) : -1;
    if (n >= 0 && (size_t)n < text.n)
        errno = ENOSPC;
    if (n != (ssize_t)text.n || fsync(fd) != 0)
        return fail_errno(f, errno, "cannot write the key file %s", path);
    return ERR_OK;
}

/* Under its own name it is whole or not there, and never over another key. */
static err_t move_key(const char *from, const char *to, fault *f)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return ERR_OK;
    if (errno == EINVAL && link(from, to) == 0)
        return unlink(from) == 0 ? ERR_OK : fail_errno(f, errno, "cannot remove %s", from);
    if (errno == EEXIST)
        return fail(f, ERR_CONFLICT, "the key file %s exists already; it was left as it is", to);
    return fail_errno(f, errno, "cannot create the key file %s", to);
}

static err_t sync_directory_of(arena *a, const char *path, fault *f)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return dir_sync(".", f);
    return dir_sync(slash == path ? "/" : str_z(a, (str){ path, (size_t)(slash - path) }), f);
}

static err_t save_text(arena *a, const char *path, str text, fault *f)
{
    const char *tmp = str_fmt(a, "%s.new", path).p;
    err_t       e = write_key(tmp, text, f);
    if (e == ERR_OK)
        e = move_key(tmp, path, f);
    if (e != ERR_OK)
        unlink(tmp);
    return e == ERR_OK ? sync_directory_of(a, path, f) : e;
}

err_t note_signer_save(const note_signer *s, const char *path, fault *f)
{
    auto_arena arena *a = arena_new(64 << 10);
    str               key = join_key(a, s->public.name, s->public.id, s->public.type, s->seed);
    str               text = str_fmt(a, "%s" STR_FMT "\n", private_prefix, STR_ARG(key));
    err_t             e = save_text(a, path, text, f);
    wipe(key);
    wipe(text);
    return e;
}

static bool parse_private(arena *a, str text, note_signer **ret)
{
    note_verifier v = { 0 };
    uint8_t       seed[32];
    if (!str_ends(text, S("\n")) || !str_starts(text, str_of(private_prefix)))
        return false;
    text = str_sub(text, sizeof private_prefix - 1, text.n - 1);
    if (!split_key(a, text, &v.name, v.id, &v.type, seed))
        return false;
    note_signer *s = signer_of_seed(v.name, v.type, seed);
    OPENSSL_cleanse(seed, sizeof seed);
    if (memcmp(s->public.id, v.id, 4) != 0) {
        note_signer_free(s);
        return false;
    }
    *ret = s;
    return true;
}

err_t note_signer_load(const char *path, fault *f, note_signer **ret)
{
    auto_arena arena *a = arena_new(256 << 10);
    char              text[KEY_FILE_MAX_BYTES];
    auto_fd int       fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return fail_errno(f, errno, "cannot open the key file %s", path);
    TRY(key_file_private(fd, path, f));
    ssize_t n = read(fd, text, sizeof text);
    if (n < 0)
        return fail_errno(f, errno, "cannot read the key file %s", path);
    bool good = parse_private(a, (str){ text, (size_t)n }, ret);
    OPENSSL_cleanse(text, sizeof text);
    if (!good)
        return fail(f, ERR_INVALID, "%s is not a private key of a log", path);
    return ERR_OK;
}
