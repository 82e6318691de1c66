#include "CCrypto.h"
#include <dlfcn.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define TEXT_OF(value) #value
#define LIBRARY(version) "libcrypto.so." TEXT_OF(version)

static struct {
    EVP_MD_CTX *(*new)(void);
    void (*free)(EVP_MD_CTX *);
    const EVP_MD *(*sha256)(void);
    int (*begin)(EVP_MD_CTX *, const EVP_MD *, ENGINE *);
    int (*append)(EVP_MD_CTX *, const void *, size_t);
    int (*end)(EVP_MD_CTX *, unsigned char *, unsigned int *);
} crypto;

static pthread_once_t once = PTHREAD_ONCE_INIT;

/// Without digests nothing could be told from anything else: ends the program, as the system's loader
/// does where a library is missing.
static void fail(const char *reason) {
    fprintf(stderr, "error: " LIBRARY(OPENSSL_SHLIB_VERSION) " cannot be used: %s\n"
                    "  install OpenSSL's library (Debian: libssl3)\n",
            reason ? reason : "it is not there");
    exit(3);
}

static void load(void) {
    void *library = dlopen(LIBRARY(OPENSSL_SHLIB_VERSION), RTLD_NOW | RTLD_LOCAL);
    if (!library) fail(dlerror());
    crypto.new = (EVP_MD_CTX * (*)(void)) dlsym(library, "EVP_MD_CTX_new");
    crypto.free = (void (*)(EVP_MD_CTX *))dlsym(library, "EVP_MD_CTX_free");
    crypto.sha256 = (const EVP_MD *(*)(void))dlsym(library, "EVP_sha256");
    crypto.begin =
        (int (*)(EVP_MD_CTX *, const EVP_MD *, ENGINE *))dlsym(library, "EVP_DigestInit_ex");
    crypto.append = (int (*)(EVP_MD_CTX *, const void *, size_t))dlsym(library, "EVP_DigestUpdate");
    crypto.end = (int (*)(EVP_MD_CTX *, unsigned char *, unsigned int *))dlsym(
        library, "EVP_DigestFinal_ex");
    if (!crypto.new || !crypto.free || !crypto.sha256 || !crypto.begin || !crypto.append || !crypto.end)
        fail("functions are missing");
}

tandem_sha256 *tandem_sha256_begin(void) {
    pthread_once(&once, load);
    EVP_MD_CTX *digest = crypto.new();
    if (digest && crypto.begin(digest, crypto.sha256(), NULL) == 1) return digest;
    tandem_sha256_free(digest);
    return NULL;
}

int tandem_sha256_append(tandem_sha256 *digest, const void *bytes, size_t count) {
    return crypto.append(digest, bytes, count) == 1;
}

int tandem_sha256_end(tandem_sha256 *digest, unsigned char result[32]) {
    return crypto.end(digest, result, NULL) == 1;
}

void tandem_sha256_free(tandem_sha256 *digest) {
    if (digest) crypto.free(digest);
}
