#include "paths.h"

#include <string.h>

/* A copy, as Max writes into the names that it is given; 0: it is longer than any of Max's own. */
static int copy(char *to, const char *name)
{
    const size_t length = strlen(name);
    if (length >= PATHS_ROOM) return 0;
    memcpy(to, name, length + 1);
    return 1;
}

static int is_whole(const char *name)
{
    return *name == '/' || strstr(name, ":/") || strstr(name, ":\\");
}

int paths_find(const char *name, char *path)
{
    char file[PATHS_ROOM];
    short folder;
    t_fourcc type;
    return copy(file, name) && !locatefile_extended(file, &folder, &type, NULL, 0) &&
           !path_toabsolutesystempath(folder, file, path);
}

int paths_place(const char *name, char *path)
{
    char file[PATHS_ROOM];
    short folder = path_getdefault();
    if (!copy(file, name)) return 0;
    if (is_whole(name) && path_frompathname(name, &folder, file)) return 0;
    return !path_toabsolutesystempath(folder, file, path);
}

int paths_choose_found(char *path)
{
    char file[PATHS_ROOM] = "";
    short folder;
    t_fourcc type;
    return !open_dialog(file, &folder, &type, NULL, 0) &&
           !path_toabsolutesystempath(folder, file, path);
}

/* The dialog wants a type to offer; of ours Max knows none, so it stands for any. */
int paths_choose_place(const char *name, char *path)
{
    char file[PATHS_ROOM];
    short folder;
    t_fourcc type, any = ('s' << 24) | ('p' << 16) | ('m' << 8) | 'l';
    return copy(file, name) && !saveasdialog_extended(file, &folder, &type, &any, 1) &&
           !path_toabsolutesystempath(folder, file, path);
}
