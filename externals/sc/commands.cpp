/* What a UGen is told by /u_cmd. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

/* the path that follows, or NULL after an error */
static const char *read_path(Network *unit, sc_msg_iter *args, const char *command)
{
    char text[WORD_TEXT_MAX];
    const char *path = args->gets();
    if (!unit->n) return NULL; /* it is silent, and has said why */
    if (path && *path && !unit->mWorld->mRestrictedPath) return path;
    snprintf(text, sizeof text,
             path && *path ? "%s: the server may not use files outside of its own folder (-P)"
                           : "%s must be followed by the path of a file",
             command);
    say(unit, text);
    return NULL;
}

static void write_command(Network *unit, sc_msg_iter *args)
{
    const char *path = read_path(unit, args, "write");
    if (path) stages_write(unit, path);
}

static void read_command(Network *unit, sc_msg_iter *args)
{
    const char *path = read_path(unit, args, "read");
    const char *more = path ? args->gets() : NULL;
    if (path) stages_read(unit, path, more && !strcmp(more, "weights"));
}

void commands_define(const char *name)
{
    DefineUnitCmd(name, "write", (UnitCmdFunc)write_command);
    DefineUnitCmd(name, "read", (UnitCmdFunc)read_command);
    DefineUnitCmd(name, "weights", (UnitCmdFunc)buffer_command);
}
