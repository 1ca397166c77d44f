/* Files by their path, which is UTF-8 on every system. */
#ifndef SPECML_FILE_H
#define SPECML_FILE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { FILE_WHY_MAX = 200 /* characters that say what prevents it */ };

/* [message] An ordinary file, to be closed by fclose; NULL, and why. */
FILE *file_open(const char *path, uint64_t *size, char *why);
/* [any] Writes a file beside it, brings it to the disk and puts it in the place of the old one: 0.
 * Or -1 and why, and the old one is as it was. A symbolic link goes on pointing to what it did. */
int file_write(const char *path, const unsigned char *bytes, size_t size, char *why);

#endif
