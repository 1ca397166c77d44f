/* Texts of a state file are UTF-8. */
#ifndef SPECML_UTF8_H
#define SPECML_UTF8_H

#include <stddef.h>

/* all of it [any] */

/* bytes from the beginning on that are UTF-8 */
size_t utf8_valid(const char *text, size_t length);
/* puts a character, of at most 4 bytes; returns where the next goes */
char *utf8_put(char *to, long character);

#endif
