#include "fake.h"

#include <cstdio>
#include <cstring>

#include "../dlopen.h"

const Recipe recipes[RECIPES] = {
    {0, 2, 11, {1, -1, 0.001f, 0, 12, 8, 1, 1, 1, 1, -1}},
    {0, 1, 11, {1, 0.1f, 0.001f, 0, 5000, 8, 1, 1, 1, 1, -1}}, /* a size that is refused */
    {1, 3, 13, {-1, 0.1f, 0.001f, 1, 0, 12, 8, 2, 1, 1, 1, -1, -1}},
    {2, 1, 12, {1, 0.1f, 0.001f, 0, 12, 8, 1, 1, 1, 1, 0, -1}},
    {3, 3, 22, {10, 235, 900, 0.1f, 0.02f, 0.5f, 0,    0, 16, 3,  2400,
                2,  2,   4,   0,    1,     2,    0.1f, 1, -1, -1, -1}},
    {3, 2, 21, {10, 235, 900, 0.1f, 0.02f, 0.5f, 0,    0, 64, 3, 480000,
                1,  2,   4,   0,    1,     2,    0.1f, 1, 0,  -1}},
};

/* ---- what a plugin defines ---- */

static Definition definitions[8];
static int defined;

static bool define_unit(const char *name, size_t bytes, UnitCtorFunc make, UnitDtorFunc end, uint32)
{
    definitions[defined++] = {name, bytes, make, end, {}, {}, 0};
    return true;
}

static bool define_command(const char *, const char *name, UnitCmdFunc function)
{
    Definition *d = &definitions[defined - 1];
    d->names[d->commanded] = name;
    d->commands[d->commanded++] = function;
    return true;
}

static void clear(Unit *unit, int samples)
{
    for (uint32 k = 0; k < unit->mNumOutputs; ++k)
        memset(unit->mOutBuf[k], 0, (size_t)samples * sizeof(float));
}

bool fake_load(const char *path, InterfaceTable *table)
{
    table->fDefineUnit = define_unit;
    table->fDefineUnitCmd = define_command;
    table->fClearUnitOutputs = clear;
    void *plugin = dlopen(path, RTLD_NOW);
    void *load = plugin ? dlsym(plugin, "load") : nullptr;
    if (!load) return fprintf(stderr, "%s\n", dlerror()), false;
    reinterpret_cast<void (*)(InterfaceTable *)>(load)(table);
    return true;
}

/* ---- a UGen ---- */

Player::Player(World *world, const Recipe &recipe)
{
    definition = &definitions[recipe.definition];
    memory.assign(definition->bytes, 0xff);
    unit = reinterpret_cast<Unit *>(memory.data());
    rate.mSampleRate = 48000.0;
    for (int k = 0; k < INPUTS + OUTPUTS; ++k)
        (k < INPUTS ? in[k] : out[k - INPUTS]) = samples.data() + k * BLOCK;
    for (int k = 0; k < recipe.inputs; ++k) {
        const bool signal = recipe.values[k] < 0.f;
        for (int i = 0; i < BLOCK; ++i)
            in[k][i] = signal ? 0.01f * (float)(i % 40) : recipe.values[k];
        wires[k].mCalcRate = signal ? calc_FullRate : calc_ScalarRate;
        wires[k].mFromUnit = &sources[k];
        wired[k] = &wires[k];
    }
    unit->mWorld = world;
    unit->mParent = &graph;
    unit->mNumInputs = (uint32)recipe.inputs;
    unit->mNumOutputs = (uint32)recipe.outs;
    unit->mInput = wired;
    unit->mRate = &rate;
    unit->mInBuf = in;
    unit->mOutBuf = out;
    unit->mBufLength = BLOCK;
}

void Player::make()
{
    definition->make(unit);
}

void Player::play()
{
    unit->mCalcFunc(unit, BLOCK);
}

void Player::end()
{
    definition->end(unit);
}

void Player::tell(const char *name, const std::vector<char> &message)
{
    for (int k = 0; k < definition->commanded; ++k)
        if (!strcmp(definition->names[k], name)) {
            sc_msg_iter args((int)message.size(), message.data());
            definition->commands[k](unit, &args);
        }
}

/* ---- messages ---- */

static void append(std::vector<char> &message, const char *text)
{
    message.insert(message.end(), text, text + strlen(text));
    do message.push_back(0);
    while (message.size() % 4);
}

std::vector<char> message(const char *text, const char *more)
{
    std::vector<char> said;
    append(said, more ? ",ss" : ",s");
    append(said, text);
    if (more) append(said, more);
    return said;
}

std::vector<char> message(int number)
{
    return {',', 'i', 0, 0, 0, 0, 0, (char)number};
}
