/* Files where there is POSIX; file_windows.c does the same for Windows, externals/web/files.c for a
 * page. */
#if !defined _WIN32 && !defined __wasm__
#define _POSIX_C_SOURCE 200809L
#define _XOPEN_SOURCE 700
#define _DARWIN_C_SOURCE
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

FILE *file_open(const char *path, uint64_t *size, char *why)
{
    struct stat found;
    FILE *file = NULL;
    if (stat(path, &found) || (S_ISREG(found.st_mode) && !(file = fopen(path, "rb"))))
        snprintf(why, FILE_WHY_MAX, "%s", strerror(errno));
    else if (!file)
        snprintf(why, FILE_WHY_MAX, "it is no ordinary file");
    else
        *size = (uint64_t)found.st_size;
    return file;
}

/* A file beside another, of a name that nobody has, with the other's rights: -1, or it and in made
 * its name, to be freed. */
static int create_beside(const char *path, char **made)
{
    struct stat found;
    const int had = !stat(path, &found);
    const size_t room = strlen(path) + 40;
    *made = malloc(room);
    for (int attempt = 0; *made; ++attempt) {
        snprintf(*made, room, "%s.%ld-%d.part", path, (long)getpid(), attempt);
        const int file = open(*made, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file < 0 && errno == EEXIST && attempt < 100) continue;
        if (file >= 0 && had && fchmod(file, found.st_mode & 0777))
            errno = 0; /* ours has the usual */
        return file;
    }
    return -1;
}

static int write_all(int file, const unsigned char *bytes, size_t size)
{
    enum { PIECE = 1 << 20 };
    while (size) {
        const ssize_t written = write(file, bytes, size < PIECE ? size : PIECE);
        if (written < 0 && errno != EINTR) return -1;
        if (written <= 0) continue;
        bytes += written;
        size -= (size_t)written;
    }
    return fsync(file);
}

/* a name is on the disk once its folder is; where that cannot be asked for, it will be soon */
static void bring_folder_to_disk(char *path)
{
    const int folder = open(dirname(path), O_RDONLY | O_CLOEXEC);
    if (folder < 0) return;
    if (fsync(folder)) errno = 0;
    close(folder);
}

int file_write(const char *path, const unsigned char *bytes, size_t size, char *why)
{
    char *linked = realpath(path, NULL), *made = NULL; /* what a link points to */
    const char *where = linked ? linked : path;
    const int file = create_beside(where, &made);
    int failed = file < 0 || write_all(file, bytes, size);
    int reason = errno;
    if (file >= 0 && close(file) && !failed) {
        failed = 1;
        reason = errno;
    }
    if (!failed && rename(made, where)) {
        failed = 1;
        reason = errno;
    }
    if (failed) snprintf(why, FILE_WHY_MAX, "%s", strerror(reason));
    if (failed && file >= 0)
        unlink(made);
    else if (!failed)
        bring_folder_to_disk(made);
    free(linked);
    free(made);
    return failed ? -1 : 0;
}

#else
typedef int file_is_for_others; /* C wants something in a file */
#endif
