/* Folders, files and the dialogs that ask for them. Names of Max begin with a disk, "Disk:/", or as
 * the system has them. */
#include "stub.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#ifdef _WIN32
#include <windows.h>
#endif

enum { FOLDERS = 64, FIRST = 3 }; /* a path of 0 is never one */
static char *folders[FOLDERS];
static int folder_count, searched; /* the first of them, in this order */
static char *chosen;

void stub_folder(const char *path)
{
    if (folder_count != searched || searched == FOLDERS) abort();
    folders[folder_count++] = strdup(path);
    ++searched;
}

void stub_choose(const char *path)
{
    free(chosen);
    chosen = path ? strdup(path) : NULL;
}

void stub_free_paths(void)
{
    for (int k = 0; k < folder_count; ++k) free(folders[k]);
    stub_choose(NULL);
}

/* what it is: 0 if it is not there */
static int kind(const char *path)
{
#ifdef _WIN32
    wchar_t name[MAX_PATH_CHARS];
    struct _stat64 found;
    const int length = MultiByteToWideChar(CP_UTF8, 0, path, -1, name, MAX_PATH_CHARS);
    return length && !_wstat64(name, &found) ? found.st_mode & S_IFMT : 0;
#else
    struct stat found;
    return stat(path, &found) ? 0 : (int)(found.st_mode & S_IFMT);
#endif
}

static void join(char *whole, const char *folder, const char *name)
{
    memset(whole, 0, MAX_PATH_CHARS); /* whoever has less room is seen by a sanitizer */
    snprintf(whole, MAX_PATH_CHARS, "%s/%s", folder, name);
}

static int is_whole(const char *name)
{
    return *name == '/' || strstr(name, ":/");
}

/* the number of a folder that is there, or 0 */
static short number_of(const char *folder)
{
    int k = 0;
    if (kind(folder) != S_IFDIR) return 0;
    while (k < folder_count && strcmp(folders[k], folder)) ++k;
    if (k == FOLDERS) abort();
    if (k == folder_count) folders[folder_count++] = strdup(folder);
    return (short)(FIRST + k);
}

static short split(const char *whole, short *path, char *name)
{
    char folder[MAX_PATH_CHARS];
    if (!strncmp(whole, "Disk:", 5)) whole += 5;
    const char *slash = strrchr(whole, '/');
    if (!is_whole(whole) || !slash || strlen(whole) >= sizeof folder) return -1;
    snprintf(folder, sizeof folder, "%.*s", (int)(slash - whole), whole);
    *path = number_of(folder);
    memmove(name, slash + 1, strlen(slash + 1) + 1);
    return *path ? 0 : -1;
}

short path_frompathname(const char *whole, short *path, char *name)
{
    stub_only(MAIN, "path_frompathname");
    return split(whole, path, name);
}

short path_getdefault(void)
{
    stub_only(MAIN, "path_getdefault");
    return searched ? FIRST : 0;
}

t_max_err path_toabsolutesystempath(const short path, const char *name, char *whole)
{
    stub_only(MAIN, "path_toabsolutesystempath");
    if (path < FIRST || path >= FIRST + folder_count) return MAX_ERR_GENERIC;
    join(whole, folders[path - FIRST], name);
    return MAX_ERR_NONE;
}

/* Of a whole path, the name becomes the last part alone. */
short locatefile_extended(char *name, short *path, t_fourcc *type, const t_fourcc *types,
                          short count)
{
    char whole[MAX_PATH_CHARS];
    stub_only(MAIN, "locatefile_extended");
    if (types || count) stub_forbid("a type that no file of ours has");
    *type = 0;
    if (is_whole(name)) {
        if (split(name, path, name)) return -1;
        join(whole, folders[*path - FIRST], name);
        return kind(whole) == S_IFREG ? 0 : -1;
    }
    for (int k = 0; k < searched; ++k) {
        join(whole, folders[k], name);
        *path = (short)(FIRST + k);
        if (kind(whole) == S_IFREG) return 0;
    }
    return -1;
}

static short ask(const char *what, char *name, short *path)
{
    stub_only(MAIN, what);
    if (!stub_is_low()) stub_forbid("a dialog in the midst of something else");
    fprintf(stderr, "dialog: %s %s\n", what, name);
    const int cancelled = !chosen || split(chosen, path, name);
    stub_choose(NULL);
    return (short)cancelled;
}

short open_dialog(char *name, short *path, t_fourcc *type, t_fourcc *types, short count)
{
    (void)types, (void)count;
    *type = 0;
    return ask("open", name, path);
}

short saveasdialog_extended(char *name, short *path, t_fourcc *type, t_fourcc *types, short count)
{
    if (count != 1) stub_forbid("a dialog without a type to save");
    *type = types[0];
    return ask("save", name, path);
}
