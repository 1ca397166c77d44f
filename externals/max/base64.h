/* Base64: bytes as text, three in four letters. */
#ifndef SPECML_MAX_BASE64_H
#define SPECML_MAX_BASE64_H

#include <stddef.h>

/* [any] to be freed; NULL if memory is short */
char *base64_write(const unsigned char *bytes, size_t count);
/* [any] the same back, to be freed; NULL if it is none, or memory is short */
unsigned char *base64_read(const char *text, size_t *count);

#endif
