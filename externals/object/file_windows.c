/* Files where there is Windows, whose names are UTF-16. */
#ifdef _WIN32
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <process.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <wchar.h>
#include <windows.h>

/* to be freed; NULL, and errno, if it is no UTF-8 or memory is short */
static wchar_t *name_of(const char *path)
{
    const int length = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, NULL, 0);
    wchar_t *name = length ? malloc((size_t)length * sizeof *name) : NULL;
    errno = length ? ENOMEM : EINVAL;
    if (name) MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, name, length);
    return name;
}

FILE *file_open(const char *path, uint64_t *size, char *why)
{
    struct _stat64 found;
    FILE *file = NULL;
    wchar_t *name = name_of(path);
    if (!name || _wstat64(name, &found) ||
        ((found.st_mode & _S_IFMT) == _S_IFREG && !(file = _wfopen(name, L"rb"))))
        snprintf(why, FILE_WHY_MAX, "%s", strerror(errno));
    else if (!file)
        snprintf(why, FILE_WHY_MAX, "it is no ordinary file");
    else
        *size = (uint64_t)found.st_size;
    free(name);
    return file;
}

/* A file beside another, of a name that nobody has: -1, or it and in made its name, to be freed. */
static int create_beside(const wchar_t *path, wchar_t **made)
{
    const size_t room = wcslen(path) + 40;
    *made = malloc(room * sizeof **made);
    for (int attempt = 0; *made; ++attempt) {
        swprintf(*made, room, L"%ls.%d-%d.part", path, _getpid(), attempt);
        const int file =
            _wopen(*made, _O_WRONLY | _O_CREAT | _O_EXCL | _O_BINARY, _S_IREAD | _S_IWRITE);
        if (file >= 0 || errno != EEXIST || attempt >= 100) return file;
    }
    return -1;
}

static int write_all(int file, const unsigned char *bytes, size_t size)
{
    enum { PIECE = 1 << 20 };
    while (size) {
        const int written = _write(file, bytes, (unsigned)(size < PIECE ? size : PIECE));
        if (written <= 0) return -1;
        bytes += written;
        size -= (size_t)written;
    }
    return _commit(file);
}

static int put_in_place(const wchar_t *from, const wchar_t *to)
{
    if (MoveFileExW(from, to, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)) return 0;
    errno = EACCES; /* it is a folder, or somebody has it open */
    return -1;
}

int file_write(const char *path, const unsigned char *bytes, size_t size, char *why)
{
    wchar_t *name = name_of(path), *made = NULL;
    const int file = name ? create_beside(name, &made) : -1;
    int failed = file < 0 || write_all(file, bytes, size);
    int reason = errno;
    if (file >= 0 && _close(file) && !failed) {
        failed = 1;
        reason = errno;
    }
    if (!failed && put_in_place(made, name)) {
        failed = 1;
        reason = errno;
    }
    if (failed) snprintf(why, FILE_WHY_MAX, "%s", strerror(reason));
    if (failed && file >= 0) _wunlink(made);
    free(name);
    free(made);
    return failed ? -1 : 0;
}

#else
typedef int file_windows_is_for_windows; /* C wants something in a file */
#endif
