/* What a UGen is told by /u_cmd: `write PATH`, `read PATH`, `read PATH weights`, `weights BUFFER`.
 *
 * A command runs through the server's stages: begun and swapped on the audio thread, filled and
 * written on the other one. Its UGen may have ended meanwhile. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

struct Command {
    net *n;
    char name[32]; /* of the UGen */
    const object_model *model;
    double values[WORDS_MAX], samplerate;
    void *core; /* a copy, or the one that comes, then the one that goes */
    net_file *file;
    bool weights; /* those alone */
    bool done;
    char text[WORD_TEXT_MAX]; /* what is said in the end */
    char path[];
};

void commands_release(World *world, net *n)
{
    if (--n->hands) return;
    RTFree(world, n->core);
    RTFree(world, n);
}

static Network *owner(const Command *c)
{
    return (Network *)c->n->unit;
}

static void end(World *world, void *data)
{
    Command *c = (Command *)data;
    Network *unit = owner(c);
    const float done = c->done;
    if (unit) SendNodeReply(&unit->mParent->mNode, unit->mParentIndex, "/specml", 1, &done);
    RTFree(world, c->core);
    commands_release(world, c->n);
    RTFree(world, c);
}

static bool tell(World *, void *data)
{
    Command *c = (Command *)data;
    net_close(c->file);
    c->file = NULL;
    Print("%s: %s\n", c->name, c->text);
    return false;
}

/* ---- write ---- */

/* memory that is used for the first time takes time, so that is here */
static bool touch(World *, void *data)
{
    Command *c = (Command *)data;
    memset(c->core, 1, net_core_bytes(c->model, c->values));
    return true;
}

static bool copy(World *, void *data)
{
    Command *c = (Command *)data;
    c->done = owner(c) != NULL;
    if (c->done) {
        memcpy(c->values, c->n->values, sizeof c->values);
        net_copy(c->n, c->core);
    }
    return true;
}

static bool write_file(World *world, void *data)
{
    Command *c = (Command *)data;
    if (!c->done)
        snprintf(c->text, sizeof c->text, "cannot write %.600s: the synth has ended", c->path);
    else if (net_write(c->model, c->values, c->core, c->samplerate, c->path, c->text))
        c->done = false;
    else
        snprintf(c->text, sizeof c->text, "written %.900s", c->path);
    return tell(world, data);
}

/* ---- read ---- */

static bool read_file(World *, void *data)
{
    Command *c = (Command *)data;
    c->file = net_open(c->model, c->values, c->path, c->text);
    if (c->file && !c->weights) net_fill(c->file, c->core, c->values, c->samplerate);
    return true;
}

static bool swap(World *, void *data)
{
    Command *c = (Command *)data;
    c->done = c->file && owner(c);
    if (!c->file) return true;
    snprintf(c->text, sizeof c->text, c->done ? "read %.900s" : "read %.900s too late", c->path);
    if (!c->done) return true;
    if (c->weights) {
        net_take(c->n, c->file);
        return true;
    }
    void *going = c->n->core;
    c->n->core = c->core;
    c->core = going;
    net_apply(c->n);
    return true;
}

/* ---- commands, on the audio thread ---- */

static Command *prepare(Network *unit, const char *path, size_t core)
{
    World *world = unit->mWorld;
    const size_t room = sizeof(Command) + strlen(path) + 1;
    Command *c = (Command *)say_alloc(world, room);
    void *memory = c && core ? RTAlloc(world, core) : NULL;
    if (!c || (core && !memory)) {
        if (c) RTFree(world, c);
        say(unit, "the server's memory is short for a copy, see ServerOptions.memSize");
        return NULL;
    }
    memset(c, 0, sizeof *c);
    strcpy(c->path, path);
    snprintf(c->name, sizeof c->name, "%s", unit->kind->name);
    c->core = memory;
    c->n = unit->n;
    c->model = unit->kind->model;
    c->samplerate = SAMPLERATE;
    memcpy(c->values, unit->n->values, sizeof c->values);
    ++unit->n->hands;
    return c;
}

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

static void begin(Network *unit, Command *c, AsyncStageFn second, AsyncStageFn third,
                  AsyncStageFn fourth)
{
    if (c) DoAsynchronousCommand(unit->mWorld, NULL, "", c, second, third, fourth, end, 0, NULL);
}

static void write_command(Network *unit, sc_msg_iter *args)
{
    const char *path = read_path(unit, args, "write");
    if (!path) return;
    const size_t core = net_core_bytes(unit->kind->model, unit->n->values);
    begin(unit, prepare(unit, path, core), touch, copy, write_file);
}

static void read_command(Network *unit, sc_msg_iter *args)
{
    const char *path = read_path(unit, args, "read");
    if (!path) return;
    const char *more = args->gets();
    const bool weights = more && !strcmp(more, "weights");
    const size_t core = weights ? 0 : net_core_bytes(unit->kind->model, unit->n->values);
    Command *c = prepare(unit, path, core);
    if (c) c->weights = weights;
    begin(unit, c, read_file, swap, tell);
}

void commands_define(const char *name)
{
    DefineUnitCmd(name, "write", (UnitCmdFunc)write_command);
    DefineUnitCmd(name, "read", (UnitCmdFunc)read_command);
    DefineUnitCmd(name, "weights", (UnitCmdFunc)buffer_command);
}
