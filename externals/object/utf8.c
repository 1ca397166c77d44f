#include "utf8.h"

/* bytes of the character that begins here, 0 if none does */
static size_t character_bytes(const unsigned char *at, size_t left)
{
    static const struct {
        unsigned char mask, lead;
        long least;
    } kinds[] = {{0x80, 0, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
    for (size_t more = 0; more < 4 && more < left; ++more) {
        if ((at[0] & kinds[more].mask) != kinds[more].lead) continue;
        long c = at[0] & ~kinds[more].mask;
        for (size_t k = 1; k <= more; ++k) {
            if ((at[k] & 0xc0) != 0x80) return 0;
            c = c << 6 | (at[k] & 0x3f);
        }
        const int is_one = c >= kinds[more].least && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
        return is_one ? more + 1 : 0;
    }
    return 0;
}

size_t utf8_valid(const char *text, size_t length)
{
    const unsigned char *at = (const unsigned char *)text;
    size_t valid = 0, more = 1;
    for (; more && valid < length; valid += more)
        more = character_bytes(at + valid, length - valid);
    return valid;
}

char *utf8_put(char *to, long character)
{
    if (character < 0x80) {
        *to++ = (char)character;
        return to;
    }
    const int more = character < 0x800     ? 1
                     : character < 0x10000 ? 2
                                           : 3; /* bytes after the first */
    static const int leads[] = {0, 0xc0, 0xe0, 0xf0};
    *to++ = (char)(leads[more] | (int)(character >> 6 * more));
    for (int k = more; k-- > 0;) *to++ = (char)(0x80 | ((character >> 6 * k) & 0x3f));
    return to;
}
