#include "base64.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

char *base64_write(const unsigned char *bytes, size_t count)
{
    char *text = malloc((count + 2) / 3 * 4 + 1), *end = text;
    for (size_t i = 0; text && i < count; i += 3) {
        const size_t left = count - i;
        const uint32_t three = (uint32_t)bytes[i] << 16 |
                               (left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0) |
                               (left > 2 ? (uint32_t)bytes[i + 2] : 0);
        *end++ = letters[three >> 18];
        *end++ = letters[three >> 12 & 63];
        *end++ = left > 1 ? letters[three >> 6 & 63] : '=';
        *end++ = left > 2 ? letters[three & 63] : '=';
    }
    if (text) *end = '\0';
    return text;
}

/* of a letter, or -1 */
static int value(char letter)
{
    const char *found = letter ? strchr(letters, letter) : NULL;
    return found ? (int)(found - letters) : -1;
}

unsigned char *base64_read(const char *text, size_t *count)
{
    const size_t length = strlen(text);
    size_t padding = 0;
    while (padding < 2 && padding < length && text[length - 1 - padding] == '=') ++padding;
    unsigned char *bytes = length % 4 ? NULL : malloc(length / 4 * 3 + 1);
    *count = 0;
    for (size_t i = 0; bytes && i < length; i += 4) {
        uint32_t four = 0;
        for (size_t k = i; k < i + 4; ++k) {
            const int six = k < length - padding ? value(text[k]) : 0;
            if (six < 0) {
                free(bytes);
                return NULL;
            }
            four = four << 6 | (uint32_t)six;
        }
        for (int shift = 16; shift >= 0; shift -= 8)
            bytes[(*count)++] = (unsigned char)(four >> shift & 255);
    }
    *count -= bytes ? padding : 0;
    return bytes;
}
