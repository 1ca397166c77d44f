/* State files go through the server's stages: begun, copied and swapped on the audio thread,
 * written and read on the other one. The UGen may have ended meanwhile. */
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
    unit_release(world, c->n);
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

/* ---- begun on the audio thread ---- */

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

static void begin(Network *unit, Command *c, AsyncStageFn second, AsyncStageFn third,
                  AsyncStageFn fourth)
{
    if (c) DoAsynchronousCommand(unit->mWorld, NULL, "", c, second, third, fourth, end, 0, NULL);
}

void stages_write(Network *unit, const char *path)
{
    const size_t core = net_core_bytes(unit->kind->model, unit->n->values);
    begin(unit, prepare(unit, path, core), touch, copy, write_file);
}

void stages_read(Network *unit, const char *path, bool weights)
{
    const size_t core = weights ? 0 : net_core_bytes(unit->kind->model, unit->n->values);
    Command *c = prepare(unit, path, core);
    if (c) c->weights = weights;
    begin(unit, c, read_file, swap, tell);
}
