/* The smallest server around the plugin: every UGen is made, plays, hears commands and ends, with a
 * trap set around all that a server does on its audio thread. Built for either server, on any
 * system; the hash of all that was said is the same on each. */
#include <SC_PlugIn.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "../dlopen.h"
#include "../trap.h"

namespace
{

enum { BLOCK = 64, INPUTS = 32, OUTPUTS = 4, POOL = 1 << 26 };

struct Definition {
    const char *name;
    size_t bytes;
    UnitCtorFunc make;
    UnitDtorFunc end;
};
struct Stages {
    void *data;
    AsyncStageFn second, third, fourth;
    AsyncFreeFn cleanup;
};

Definition definitions[8];
UnitCmdFunc commands[8][8];
const char *names[8][8];
int defined, commanded[8];
alignas(64) unsigned char pool[POOL];
size_t used;
int held, replies, printed, armed;
uint64_t said = 0xcbf29ce484222325u; /* FNV-1a */
Stages waiting[8];
int waits;
World world;
InterfaceTable table;

void arm(int on)
{
    armed = on;
    trap_set(on);
}

bool define_unit(const char *name, size_t bytes, UnitCtorFunc make, UnitDtorFunc end, uint32)
{
    definitions[defined++] = {name, bytes, make, end};
    return true;
}

bool define_command(const char *, const char *name, UnitCmdFunc function)
{
    const int k = defined - 1;
    names[k][commanded[k]] = name;
    commands[k][commanded[k]++] = function;
    return true;
}

/* what was used is used no more: memory that is not cleared, as in a real pool */
void *allocate(World *, size_t bytes)
{
    const size_t room = (bytes + 63) / 64 * 64;
    if (used + room > POOL) return nullptr;
    unsigned char *memory = pool + used;
    memset(memory, 0xff, room);
    used += room;
    ++held;
    return memory;
}

void *shrink(World *, void *memory, size_t)
{
    return memory;
}

void release(World *, void *memory)
{
    held -= memory != nullptr;
}

int print(const char *format, ...)
{
#ifndef SUPERNOVA /* whose print is for every thread */
    if (armed) {
        arm(0);
        fputs("it prints on the audio thread\n", stderr);
        exit(1);
    }
#endif
    ++printed;
    (void)format;
    return 0;
}

void clear(Unit *unit, int samples)
{
    for (uint32 k = 0; k < unit->mNumOutputs; ++k)
        memset(unit->mOutBuf[k], 0, (size_t)samples * sizeof(float));
}

void reply(Node *, int, const char *, int, const float *)
{
    ++replies;
}

int stages(World *, void *, const char *, void *data, AsyncStageFn second, AsyncStageFn third,
           AsyncStageFn fourth, AsyncFreeFn cleanup, int, void *)
{
    waiting[waits++] = {data, second, third, fourth, cleanup};
    return 0;
}

/* what one thread and the other do by turns; half: the UGen ends before the third stage */
void run_stages(void (*meanwhile)())
{
    const int count = waits;
    waits = 0;
    for (int k = 0; k < count; ++k) {
        const Stages &s = waiting[k];
        arm(0);
        bool on = !s.second || s.second(&world, s.data);
        if (meanwhile) meanwhile();
        arm(1);
        on = on && (!s.third || s.third(&world, s.data));
        arm(0);
        if (on && s.fourth) s.fourth(&world, s.data);
        arm(1);
        s.cleanup(&world, s.data);
        arm(0);
    }
}

/* ---- a UGen: its inputs are at audio rate from the one `moved` on ---- */

struct Player {
    const Definition *definition;
    std::vector<unsigned char> memory;
    std::vector<float> samples = std::vector<float>((INPUTS + OUTPUTS) * BLOCK);
    float *in[INPUTS], *out[OUTPUTS];
    Wire wires[INPUTS], *wired[INPUTS];
    Unit sources[INPUTS], *unit;
    Rate rate;
    Graph graph;
};
Player *player;

void begin(int which, int inputs, const float *values, int outs)
{
    Player *p = player = new Player();
    p->definition = &definitions[which];
    p->memory.assign(p->definition->bytes, 0xff);
    p->unit = reinterpret_cast<Unit *>(p->memory.data());
    p->rate.mSampleRate = 48000.0;
    for (int k = 0; k < INPUTS + OUTPUTS; ++k)
        (k < INPUTS ? p->in[k] : p->out[k - INPUTS]) = p->samples.data() + k * BLOCK;
    for (int k = 0; k < inputs; ++k) {
        const bool signal = values[k] < 0.f;
        for (int i = 0; i < BLOCK; ++i) p->in[k][i] = signal ? 0.01f * (float)(i % 40) : values[k];
        p->wires[k].mCalcRate = signal ? calc_FullRate : calc_ScalarRate;
        p->wires[k].mFromUnit = &p->sources[k];
        p->wired[k] = &p->wires[k];
    }
    Unit *u = p->unit;
    u->mWorld = &world;
    u->mParent = &p->graph;
    u->mNumInputs = (uint32)inputs;
    u->mNumOutputs = (uint32)outs;
    u->mInput = p->wired;
    u->mRate = &p->rate;
    u->mInBuf = p->in;
    u->mOutBuf = p->out;
    u->mBufLength = BLOCK;
    arm(1);
    p->definition->make(u);
    arm(0);
}

void take_in(const float *samples)
{
    const unsigned char *bytes = reinterpret_cast<const unsigned char *>(samples);
    for (size_t k = 0; k < BLOCK * sizeof *samples; ++k) said = (said ^ bytes[k]) * 0x100000001b3u;
}

void play(int blocks)
{
    arm(1);
    for (int b = 0; b < blocks; ++b) {
        player->unit->mCalcFunc(player->unit, BLOCK);
        for (uint32 k = 0; k < player->unit->mNumOutputs; ++k) take_in(player->out[k]);
    }
    trap_sin();
    arm(0);
}

void end()
{
    if (!player) return;
    arm(1);
    player->definition->end(player->unit);
    arm(0);
    delete player;
    player = nullptr;
}

void tell(int which, const char *name, const char *data, int size)
{
    for (int k = 0; k < commanded[which]; ++k)
        if (!strcmp(names[which][k], name)) {
            sc_msg_iter message(size, data);
            arm(1);
            commands[which][k](player->unit, &message);
            arm(0);
        }
}

void tell_path(int which, const char *name, const char *path, const char *more)
{
    char data[512] = {};
    const int tags = more ? 4 : 4;
    memcpy(data, more ? ",ss" : ",s\0", (size_t)tags);
    strcpy(data + 4, path);
    int size = 4 + (int)(strlen(path) / 4 + 1) * 4;
    if (more) {
        strcpy(data + size, more);
        size += (int)(strlen(more) / 4 + 1) * 4;
    }
    tell(which, name, data, size);
}

void use(int which, int inputs, const float *values, int outs, const char *path)
{
    begin(which, inputs, values, outs);
    play(20);
    for (const char *name : {"write", "read"}) {
        tell_path(which, name, path, nullptr);
        run_stages([] { play(1); });
        play(2);
    }
    tell_path(which, "read", path, "weights");
    run_stages(nullptr);
    tell_path(which, "read", "/no/such/file", nullptr);
    run_stages(nullptr);
    tell(which, "weights", ",i\0\0\0\0\0\0", 8);
    play(2);
    for (const char *name : {"write", "read"}) { /* and the UGen ends meanwhile */
        if (!player) begin(which, inputs, values, outs);
        tell_path(which, name, path, nullptr);
        run_stages(end);
    }
    end();
}

} // namespace

int main(int argc, char **argv)
{
    static SndBuf buffer;
    static float points[4096];
    buffer.data = points;
    buffer.channels = 1;
    buffer.frames = buffer.samples = 4096;
    world.mNumSndBufs = 1;
    world.mSndBufs = &buffer;
    table.fDefineUnit = define_unit;
    table.fDefineUnitCmd = define_command;
    table.fClearUnitOutputs = clear;
    table.fRTAlloc = allocate;
    table.fRTRealloc = shrink;
    table.fRTFree = release;
    table.fPrint = print;
    table.fSendNodeReply = reply;
    table.fDoAsynchronousCommand = stages;
    greet();
    void *plugin = dlopen(argv[1], RTLD_NOW);
    if (argc != 3 || !plugin) return fprintf(stderr, "%s\n", dlerror()), 1;
    reinterpret_cast<void (*)(InterfaceTable *)>(dlsym(plugin, "load"))(&table);
    /* a value below 0: a signal */
    const float one[] = {1, -1, 0.001f, 0, 12, 8, 1, 1, 1, 1, -1};
    const float wrong[] = {1, 0.1f, 0.001f, 0, 5000, 8, 1, 1, 1, 1, -1};
    const float two[] = {-1, 0.1f, 0.001f, 1, 0, 12, 8, 2, 1, 1, 1, -1, -1};
    const float shown[] = {1, 0.1f, 0.001f, 0, 12, 8, 1, 1, 1, 1, 0, -1};
    const float neurons[] = {10, 235, 900, 0.1f, 0.02f, 0.5f, 0,    0, 16, 3,  2400,
                             2,  2,   4,   0,    1,     2,    0.1f, 1, -1, -1, -1};
    const float large[] = {10, 235, 900, 0.1f, 0.02f, 0.5f, 0,    0, 64, 3, 480000,
                           1,  2,   4,   0,    1,     2,    0.1f, 1, 0,  -1};
    use(0, 11, one, 2, argv[2]);
    use(0, 11, wrong, 1, argv[2]);
    use(1, 13, two, 3, argv[2]);
    use(2, 12, shown, 1, argv[2]);
    use(3, 22, neurons, 3, argv[2]);
    use(3, 21, large, 2, argv[2]);
    run_stages(nullptr);
    printf("held %d, replies %d, printed %d\n", held, replies, printed);
    printf("said %016llx\n", static_cast<unsigned long long>(said));
    return held != 0;
}
