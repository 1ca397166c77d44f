/* Writes a file in the place of an old one, and something befalls it at the k-th call to the
 * system:
 *
 *     disk PATH SIZE kill|full K
 *
 * kill: the process is killed there, as by kill -9; full: from there on the disk is full. Linked
 * with
 * --wrap for each call below. What file_write says is printed. */
#define _POSIX_C_SOURCE 200809L
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int calls, at, kills;

/* 1 if this call fails */
static int befalls(void)
{
    if (++calls < at) return 0;
    if (kills) kill(getpid(), SIGKILL);
    errno = ENOSPC;
    return 1;
}

ssize_t __real_write(int file, const void *bytes, size_t count);
ssize_t __wrap_write(int file, const void *bytes, size_t count)
{
    if (calls + 1 == at) count = __real_write(file, bytes, count / 2) < 0 ? count : count / 2;
    return befalls() ? -1 : __real_write(file, bytes, count);
}

int __real_fsync(int file);
int __wrap_fsync(int file)
{
    return befalls() ? -1 : __real_fsync(file);
}

int __real_close(int file);
int __wrap_close(int file)
{
    const int fails = befalls(), closed = __real_close(file);
    return fails ? -1 : closed;
}

int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to)
{
    return befalls() ? -1 : __real_rename(from, to);
}

int __real_fchmod(int file, mode_t mode);
int __wrap_fchmod(int file, mode_t mode)
{
    return befalls() ? -1 : __real_fchmod(file, mode);
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const int mode = flags & O_CREAT ? va_arg(more, int) : 0;
    va_end(more);
    return befalls() ? -1 : __real_open(path, flags, mode);
}

int main(int argc, char **argv)
{
    const size_t size = argc > 4 ? (size_t)atol(argv[2]) : 0;
    unsigned char *bytes = malloc(size + 1);
    char why[FILE_WHY_MAX];
    if (!bytes) return 2;
    memset(bytes, 'n', size);
    kills = !strcmp(argv[3], "kill");
    at = atoi(argv[4]);
    const int failed = file_write(argv[1], bytes, size, why);
    printf("%s %d", failed ? why : "written", calls);
    free(bytes);
    return failed ? 1 : 0;
}
