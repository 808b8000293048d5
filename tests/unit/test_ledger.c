/* Merkle trees against their definition in RFC 6962, and against the roots
 * other implementations give. */
#include "test.h"
#include "ledger/ledger.h"

enum { SMALL = 40 };

static int begin(void **st) { *st = arena_new(256 << 20); return 0; }
static int end(void **st) { arena_free(*st); return 0; }

static hash32 record_leaf(hasher *h, uint64_t i)
{
    char text[32];
    int  n = snprintf(text, sizeof text, "record %llu", (unsigned long long)i);
    return merkle_leaf(h, text, (size_t)n);
}

static hash32 *record_leaves(arena *a, hasher *h, size_t n)
{
    hash32 *leaves = NEW_ARRAY(a, hash32, n + 1);
    for (size_t i = 0; i < n; i++)
        leaves[i] = record_leaf(h, i);
    return leaves;
}

static size_t split_of(size_t n)
{
    size_t k = 1;
    while (k * 2 < n)
        k *= 2;
    return k;
}

/* MTH of RFC 6962 section 2.1, as written there. */
static hash32 naive_root(hasher *h, const hash32 *leaves, size_t n)
{
    if (n == 0)
        return sha256_of(h, "", 0);
    if (n == 1)
        return leaves[0];
    size_t k = split_of(n);
    hash32 left = naive_root(h, leaves, k), right = naive_root(h, leaves + k, n - k);
    return merkle_node(h, &left, &right);
}

/* PATH of section 2.1.1. */
static size_t naive_path(hasher *h, const hash32 *leaves, size_t n, size_t m, hash32 *ret)
{
    if (n <= 1)
        return 0;
    size_t k = split_of(n), at;
    if (m < k) {
        at = naive_path(h, leaves, k, m, ret);
        ret[at] = naive_root(h, leaves + k, n - k);
    } else {
        at = naive_path(h, leaves + k, n - k, m - k, ret);
        ret[at] = naive_root(h, leaves, k);
    }
    return at + 1;
}

/* SUBPROOF of section 2.1.2. */
static size_t naive_proof(hasher *h, const hash32 *leaves, size_t n, size_t m, bool whole, hash32 *ret)
{
    if (m == n) {
        if (whole)
            return 0;
        ret[0] = naive_root(h, leaves, n);
        return 1;
    }
    size_t k = split_of(n), at;
    if (m <= k) {
        at = naive_proof(h, leaves, k, m, whole, ret);
        ret[at] = naive_root(h, leaves + k, n - k);
    } else {
        at = naive_proof(h, leaves + k, n - k, m - k, false, ret);
        ret[at] = naive_root(h, leaves, k);
    }
    return at + 1;
}

static void roots_equal_those_of_other_implementations(void **st)
{
    static const struct { uint64_t n; const char *root; } rows[] = {
        { 0, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" },
        { 1, "OzZ9bbe8UXJtkYsY6aeeD85T+Gf744Zx9gnmu1nUYDU=" },
        { 256, "3JNJ+Xh+0Ahtptl/Z5xRpRmPmORW6Vsdh/o6vAEv7DE=" },
        { 257, "e8lTONnrdW/d1vzeOGps12khFsE79avvFd+35TWOaK4=" },
        { 65536, "GigqHEr3TbqFajL56mOiMlnP+L3XlVr/5mnhjC2xWu0=" },
        { 70000, "25Wlw4AqrnlkUtIrNNU+dJybwG++mtIplU2A2Oqj7hY=" },
    };
    auto_hasher hasher *h = hasher_new();
    merkle_range        r = { 0 };
    for (size_t i = 0; i < COUNT(rows); i++) {
        while (r.n < rows[i].n) {
            hash32 leaf = record_leaf(h, r.n);
            merkle_add(h, &r, &leaf);
        }
        hash32 root = merkle_root(h, &r);
        assert_true(str_eq(base64_of(*st, root.b, 32), str_of(rows[i].root)));
    }
}

static void every_small_root_is_the_defined_one(void **st)
{
    auto_hasher hasher *h = hasher_new();
    hash32             *leaves = record_leaves(*st, h, 300);
    merkle_range        r = { 0 };
    for (size_t n = 0; n <= 300; n++) {
        hash32 root = merkle_root(h, &r), want = naive_root(h, leaves, n);
        assert_true(hash32_eq(&root, &want));
        merkle_add(h, &r, &leaves[n]);
    }
}

static void every_small_path_is_the_defined_one_and_proves_only_its_leaf(void **st)
{
    auto_hasher hasher *h = hasher_new();
    hash32             *leaves = record_leaves(*st, h, SMALL);
    for (size_t n = 1; n <= SMALL; n++) {
        hash32 root = naive_root(h, leaves, n);
        for (size_t i = 0; i < n; i++) {
            hash32 want[64], *path;
            size_t want_n = naive_path(h, leaves, n, i, want), path_n;
            merkle_path(*st, h, leaves, n, i, &path, &path_n);
            assert_int_equal(path_n, want_n);
            assert_memory_equal(path, want, path_n * sizeof *path);
            for (size_t k = 0; k <= SMALL; k++)
                assert_int_equal(merkle_included(h, &leaves[i], k, n, path, path_n, &root), k == i);
            if (path_n)
                assert_false(merkle_included(h, &leaves[i], i, n, path, path_n - 1, &root));
            assert_false(merkle_included(h, &leaves[i], i, n, path, path_n + 1, &root));
            if (path_n) {
                path[path_n / 2].b[31] ^= 1;
                assert_false(merkle_included(h, &leaves[i], i, n, path, path_n, &root));
            }
        }
    }
}

static void every_small_consistency_proof_holds_and_no_other(void **st)
{
    auto_hasher hasher *h = hasher_new();
    hash32             *leaves = record_leaves(*st, h, SMALL);
    for (size_t n = 1; n <= SMALL; n++) {
        hash32 root = naive_root(h, leaves, n), proof[65] = { 0 };
        assert_false(merkle_consistent(h, 0, n, proof, 0, &root, &root));
        for (size_t m = 1; m <= n; m++) {
            hash32 old_root = naive_root(h, leaves, m);
            size_t proof_n = naive_proof(h, leaves, n, m, true, proof);
            assert_true(merkle_consistent(h, m, n, proof, proof_n, &old_root, &root));
            assert_false(merkle_consistent(h, m, n, proof, proof_n + 1, &old_root, &root));
            assert_false(merkle_consistent(h, n + 1, n, proof, proof_n, &old_root, &root));
            if (m < n)
                assert_false(merkle_consistent(h, m, n, proof, proof_n, &root, &root));
            for (size_t i = 0; i < proof_n; i++) {
                proof[i].b[0] ^= 0x80;
                assert_false(merkle_consistent(h, m, n, proof, proof_n, &old_root, &root));
                proof[i].b[0] ^= 0x80;
            }
            if (proof_n)
                assert_false(merkle_consistent(h, m, n, proof, proof_n - 1, &old_root, &root));
        }
    }
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        T(roots_equal_those_of_other_implementations), T(every_small_root_is_the_defined_one),
        T(every_small_path_is_the_defined_one_and_proves_only_its_leaf),
        T(every_small_consistency_proof_holds_and_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
