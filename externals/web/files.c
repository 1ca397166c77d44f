/* Files of a page: bytes that JavaScript gives and takes, by a name. */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>

#include "file.h"

#define IMPORT(name) __attribute__((import_module("host"), import_name(#name)))

IMPORT(size) double host_size(const char *path); /* of a file that it has; or -1 */
IMPORT(fetch) void host_fetch(const char *path, unsigned char *to);
IMPORT(write) void host_write(const char *path, const unsigned char *bytes, size_t size);

/* One file is open at a time: what the last one held goes with the next. */
FILE *file_open(const char *path, uint64_t *size, char *why)
{
    static unsigned char *held;
    const double bytes = host_size(path);
    free(held);
    held = bytes >= 0.0 ? malloc((size_t)bytes + 1) : NULL; /* of 0 bytes there would be no file */
    if (!held) {
        snprintf(why, FILE_WHY_MAX, "%s",
                 bytes < 0.0 ? "No such file or directory" : "no memory for it");
        return NULL;
    }
    host_fetch(path, held);
    held[(size_t)bytes] = 0;
    *size = (uint64_t)bytes;
    FILE *file = fmemopen(held, (size_t)bytes + 1, "rb");
    if (!file) snprintf(why, FILE_WHY_MAX, "no memory for it");
    return file;
}

int file_write(const char *path, const unsigned char *bytes, size_t size, char *why)
{
    (void)why;
    host_write(path, bytes, size);
    return 0;
}
