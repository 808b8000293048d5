/* keys/auth.key, and what is sealed with it. */
#include "auth/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

static const char prefix[] = "attest-auth-key-1 ";
enum { KEY_TEXT_BYTES = sizeof prefix - 1 + 64 + 1, NONCE_BYTES = 12, TAG_BYTES = 16 };

/* ---- the file ------------------------------------------------------------------------- */

static err_t check_private(int fd, const char *path, fault *f)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return fail_errno(f, errno, "cannot look at the key file %s", path);
    if (!S_ISREG(st.st_mode))
        return fail(f, ERR_INVALID, "the key file %s is not a regular file", path);
    if (st.st_mode & 077)
        return fail(f, ERR_DENIED, "the key file %s can be read by others (mode %04o); if nobody has copied it, run: chmod 600 %s", path,
                    (unsigned)(st.st_mode & 07777), path);
    return ERR_OK;
}

static err_t read_key(const char *path, fault *f, uint8_t ret[32])
{
    char        text[KEY_TEXT_BYTES + 1];
    auto_fd int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? ERR_NOT_FOUND : fail_errno(f, errno, "cannot open the key file %s", path);
    TRY(check_private(fd, path, f));
    ssize_t n = fd_read(fd, text, sizeof text);
    if (n < 0)
        return fail_errno(f, errno, "cannot read the key file %s", path);
    str  line = { text, (size_t)n };
    bool good = n == KEY_TEXT_BYTES && str_starts(line, str_of(prefix)) && text[n - 1] == '\n' &&
                hex_parse(str_sub(line, sizeof prefix - 1, (size_t)n - 1), ret, 32);
    OPENSSL_cleanse(text, sizeof text);
    return good ? ERR_OK : fail(f, ERR_INVALID, "%s is no key for sign-ins; restore it from a backup", path);
}

static bool write_and_sync(int fd, const char *text, size_t n)
{
    ssize_t done = write(fd, text, n);
    if (done >= 0 && (size_t)done < n)
        errno = ENOSPC;
    return done == (ssize_t)n && fsync(fd) == 0;
}

/* Two that make it at once end up with one key: the second takes the first's. */
static err_t make_key(arena *a, const char *path, fault *f)
{
    uint8_t bytes[32], nonce[8];
    random_bytes(bytes, sizeof bytes);
    random_bytes(nonce, sizeof nonce);
    str         text = str_fmt(a, "%s" STR_FMT "\n", prefix, STR_ARG(hex_of(a, bytes, sizeof bytes)));
    const char *tmp = str_fmt(a, "%s." STR_FMT ".tmp", path, STR_ARG(hex_of(a, nonce, sizeof nonce))).p;
    auto_fd int fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail_errno(f, errno, "cannot create the key file %s", path);
    bool good = write_and_sync(fd, text.p, text.n) && (link(tmp, path) == 0 || errno == EEXIST);
    int  kept = errno;
    (void)unlink(tmp);
    OPENSSL_cleanse(bytes, sizeof bytes);
    if (!good)
        return fail_errno(f, kept, "cannot create the key file %s", path);
    const char *slash = strrchr(path, '/');
    return dir_sync(slash ? str_z(a, (str){ path, (size_t)(slash - path) }) : ".", f);
}

/* One key for each use. */
static void derive(const uint8_t master[32], const char *use, void *ret, size_t n)
{
    hash32 key = keyed(master, S("attest auth"), str_of(use));
    memcpy(ret, key.b, n);
    OPENSSL_cleanse(&key, sizeof key);
}

err_t auth_key_load(auth *au, const char *path, bool make, fault *f)
{
    auto_arena arena *a = arena_new(1 << 16);
    uint8_t           master[32];
    err_t             e = read_key(path, f, master);
    if (e == ERR_NOT_FOUND && make) {
        TRY(make_key(a, path, f));
        e = read_key(path, f, master);
        if (e == ERR_NOT_FOUND)
            return fail(f, ERR_IO, "the key file %s vanished", path);
    }
    TRY(e);
    derive(master, "seal", au->seal_key, sizeof au->seal_key);
    derive(master, "device", au->device_key, sizeof au->device_key);
    derive(master, "csrf", au->csrf_key, sizeof au->csrf_key);
    OPENSSL_cleanse(master, sizeof master);
    return ERR_OK;
}

/* ---- sealing: nonce, ciphertext, tag ------------------------------------------------------ */

/* What the bytes are and whose, so that no row can be given another's. */
static bool begin(EVP_CIPHER_CTX *c, bool encrypt, const uint8_t key[32], const uint8_t *nonce, const char *what, str whose)
{
    int n = 0;
    return EVP_CipherInit_ex(c, EVP_aes_256_gcm(), NULL, key, nonce, encrypt) == 1 &&
           EVP_CipherUpdate(c, NULL, &n, (const uint8_t *)what, (int)strlen(what) + 1) == 1 &&
           (!whose.n || EVP_CipherUpdate(c, NULL, &n, (const uint8_t *)whose.p, (int)whose.n) == 1);
}

static void free_cipher(EVP_CIPHER_CTX **c) { EVP_CIPHER_CTX_free(*c); }
#define auto_cipher __attribute__((cleanup(free_cipher)))

str sealed(const auth *au, arena *a, const char *what, str whose, str text)
{
    auto_cipher EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
    uint8_t *out = NEW_ARRAY(a, uint8_t, NONCE_BYTES + text.n + TAG_BYTES);
    int      n = 0;
    random_bytes(out, NONCE_BYTES);
    bool good = c && text.n < INT32_MAX && begin(c, true, au->seal_key, out, what, whose) &&
                EVP_CipherUpdate(c, out + NONCE_BYTES, &n, (const uint8_t *)(text.p ? text.p : ""), (int)text.n) == 1 &&
                EVP_CipherFinal_ex(c, out + NONCE_BYTES + text.n, &n) == 1 &&
                EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, TAG_BYTES, out + NONCE_BYTES + text.n) == 1;
    if (!good)                            /* no memory: nothing may be kept in clear instead */
        abort();
    return base64_of(a, out, NONCE_BYTES + text.n + TAG_BYTES);
}

err_t unsealed(const auth *au, arena *a, const char *what, str whose, str text, fault *f, str *ret)
{
    auto_cipher EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
    str     in;
    uint8_t tag[TAG_BYTES];
    int     n = 0, rest = 0;
    bool    good = c && base64_parse(a, text, &in) && in.n >= NONCE_BYTES + TAG_BYTES && in.n < INT32_MAX;
    size_t  body = good ? in.n - NONCE_BYTES - TAG_BYTES : 0;
    uint8_t *out = NEW_ARRAY(a, uint8_t, body + 1);
    if (good)
        memcpy(tag, in.p + NONCE_BYTES + body, TAG_BYTES);
    good = good && begin(c, false, au->seal_key, (const uint8_t *)in.p, what, whose) &&
           EVP_CipherUpdate(c, out, &n, (const uint8_t *)in.p + NONCE_BYTES, (int)body) == 1 &&
           EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_SET_TAG, TAG_BYTES, tag) == 1 && EVP_CipherFinal_ex(c, out + n, &rest) == 1;
    if (!good) {
        OPENSSL_cleanse(out, body);
        return fail(f, ERR_CORRUPT, "what is kept of %s was not sealed with this keys/auth.key, or was changed; restore both from one backup", what);
    }
    *ret = (str){ (const char *)out, body };
    return ERR_OK;
}
