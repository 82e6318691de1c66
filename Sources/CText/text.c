#include "text.h"

typedef uint8_t chunk __attribute__((ext_vector_type(16)));
typedef _Bool bits __attribute__((ext_vector_type(16)));

static chunk load(const uint8_t *bytes) {
    chunk loaded;
    __builtin_memcpy(&loaded, bytes, sizeof loaded);
    return loaded;
}

static void store(chunk bytes, uint8_t *target) {
    __builtin_memcpy(target, &bytes, sizeof bytes);
}

/// Bit i is that of byte i, which is all ones or 0.
static uint64_t mask(chunk found) {
    union {
        bits found;
        uint16_t mask;
    } both = {.found = __builtin_convertvector(found, bits)};
    return both.mask;
}

void tx_find_spaces(const uint8_t *text, size_t count, uint64_t *spaces) {
    size_t last = count / TX_BLOCK;
    for (size_t block = 0; block <= last; block++) {
        uint64_t found = 0;
        for (size_t at = 0; at < TX_BLOCK; at += sizeof(chunk)) {
            chunk bytes = load(text + TX_BLOCK * block + at);
            found |= mask((chunk)(bytes - 0x09 < 5) | (chunk)(bytes - 0x1C < 5)) << at;
        }
        spaces[block] = found;
    }
    uint64_t end = (uint64_t)1 << count % TX_BLOCK;
    spaces[last] = (spaces[last] & (end - 1)) | end;
}

static chunk ends_plain(chunk bytes) {
    return (chunk)(bytes == '"') | (chunk)(bytes == '\\') | (chunk)(bytes < 0x20);
}

/// `target` may be null.
static inline __attribute__((always_inline)) size_t plain(const uint8_t *text, size_t count,
                                                          uint8_t *target, uint8_t *wide) {
    chunk passed = 0;
    size_t done = 0;
    uint64_t ends = 0;
    while (!ends && done < count) {
        chunk bytes = 0;
        size_t size = count - done < sizeof bytes ? count - done : sizeof bytes;
        if (size == sizeof bytes) {
            bytes = load(text + done);
        } else {
            __builtin_memcpy(&bytes, text + done, size);
        }
        if (target && size == sizeof bytes) {
            store(bytes, target + done);
        } else if (target) {
            __builtin_memcpy(target + done, &bytes, size);
        }
        ends = mask(ends_plain(bytes));
        if (size < sizeof bytes) ends |= (uint64_t)1 << size;
        passed |= bytes;
        done += ends ? (size_t)__builtin_ctzll(ends) : size;
    }
    *wide |= mask((chunk)(passed > 0x7F)) ? 0x80 : 0;
    return done;
}

size_t tx_plain(const uint8_t *text, size_t count, uint8_t *wide) {
    return plain(text, count, 0, wide);
}

size_t tx_copy_plain(const uint8_t *text, size_t count, uint8_t *target, uint8_t *wide) {
    return plain(text, count, target, wide);
}
