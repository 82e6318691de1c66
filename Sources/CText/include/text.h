// The inner loops over the bytes of texts, 16 at a time: C, as Swift has no way to make bits of a
// comparison of bytes.
#ifndef TANDEM_TEXT_H
#define TANDEM_TEXT_H

#include <stddef.h>
#include <stdint.h>

/// Bits in a mask.
#define TX_BLOCK 64

/// Finds the white space of ASCII as Python has it, 0x09 to 0x0D and 0x1C to 0x20: bit i of mask b is
/// that of byte 64 b + i. The byte behind the text counts as white space, so that every word ends.
///
/// There are count / 64 + 1 masks; `text` can be read up to the end of the block of the last.
void tx_find_spaces(const uint8_t *text, size_t count, uint64_t *spaces);

/// How many bytes come before a quote, a backslash or a control character: what a JSON string holds as
/// it is. The top bit of `*wide` is set where one of them, or of the 15 behind, is no ASCII.
size_t tx_plain(const uint8_t *text, size_t count, uint8_t *wide);

/// The same, and copies them. `target` has room for `count` bytes; those behind are changed.
size_t tx_copy_plain(const uint8_t *text, size_t count, uint8_t *target, uint8_t *wide);

#endif
