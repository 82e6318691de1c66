// SHA-256 by libcrypto, which is loaded for the first digest: that takes a tenth of Tandem's start.
#ifndef TANDEM_CCRYPTO_H
#define TANDEM_CCRYPTO_H
#include <stddef.h>

typedef struct evp_md_ctx_st tandem_sha256;

/// Null where libcrypto fails. Where it is not there, the program ends with what is missing.
tandem_sha256 *tandem_sha256_begin(void);

/// 1, or 0 where libcrypto fails.
int tandem_sha256_append(tandem_sha256 *digest, const void *bytes, size_t count);

/// Writes the 32 bytes of the digest: 1, or 0 where libcrypto fails.
int tandem_sha256_end(tandem_sha256 *digest, unsigned char result[32]);

void tandem_sha256_free(tandem_sha256 *digest);
#endif
