#include "unit.h"

#include <stdio.h>
#include <string.h>

static void compose(char *line, size_t room, const Network *unit, const char *text)
{
    snprintf(line, room, "%s: %s\n", unit->kind->name, text);
}

void *say_alloc(World *world, size_t bytes)
{
    enum { COMMAND = 512 /* bytes that the server takes for a command */ };
    void *room = RTAlloc(world, bytes + COMMAND);
    return room ? RTRealloc(world, room, bytes) : NULL;
}

#ifdef SUPERNOVA

/* Its print is for every thread: what is said goes into a queue. */
void say(Network *unit, const char *text)
{
    char line[WORD_TEXT_MAX + 64];
    compose(line, sizeof line, unit, text);
    Print("%s", line);
}

#else

static bool print(World *world, void *line)
{
    (void)world;
    Print("%s", (const char *)line);
    return false;
}

static void release(World *world, void *line)
{
    RTFree(world, line);
}

/* The print of scsynth may wait for the terminal, so it is the other thread's. Where there is no
 * memory even for that, it is said here. */
void say(Network *unit, const char *text)
{
    char line[WORD_TEXT_MAX + 64];
    compose(line, sizeof line, unit, text);
    World *world = unit->mWorld;
    char *copy = (char *)say_alloc(world, strlen(line) + 1);
    if (!copy) {
        Print("%s", line);
        return;
    }
    strcpy(copy, line);
    DoAsynchronousCommand(world, NULL, "", copy, print, NULL, NULL, release, 0, NULL);
}

#endif
