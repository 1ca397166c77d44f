/* The smallest server around the plugin: every UGen is made, plays, hears commands and ends, with a
 * trap set around all that a server does on its audio thread. Built for either server, on any
 * system; the hash of all that was said is the same on each. */
#include "fake.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "../dlopen.h"
#include "../trap.h"

namespace
{

enum { POOL = 1 << 26 };

struct Stages {
    void *data;
    AsyncStageFn second, third, fourth;
    AsyncFreeFn cleanup;
};

alignas(64) unsigned char pool[POOL];
size_t used;
int held, replies, printed, armed;
uint64_t said = 0xcbf29ce484222325u; /* FNV-1a */
Stages waiting[8];
int waits;
World world;
InterfaceTable table;
Player *player;

void arm(int on)
{
    armed = on;
    trap_set(on);
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

void begin(const Recipe &recipe)
{
    player = new Player(&world, recipe);
    arm(1);
    player->make();
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
        player->play();
        for (uint32 k = 0; k < player->unit->mNumOutputs; ++k) take_in(player->out[k]);
    }
    trap_sin();
    arm(0);
}

void end()
{
    if (!player) return;
    arm(1);
    player->end();
    arm(0);
    delete player;
    player = nullptr;
}

void tell(const char *name, const std::vector<char> &said)
{
    arm(1);
    player->tell(name, said);
    arm(0);
}

void use(const Recipe &recipe, const char *path)
{
    begin(recipe);
    play(20);
    for (const char *name : {"write", "read"}) {
        tell(name, message(path));
        run_stages([] { play(1); });
        play(2);
    }
    tell("read", message(path, "weights"));
    run_stages(nullptr);
    tell("read", message("/no/such/file"));
    run_stages(nullptr);
    tell("weights", message(0));
    play(2);
    for (const char *name : {"write", "read"}) { /* and the UGen ends meanwhile */
        if (!player) begin(recipe);
        tell(name, message(path));
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
    table.fRTAlloc = allocate;
    table.fRTRealloc = shrink;
    table.fRTFree = release;
    table.fPrint = print;
    table.fSendNodeReply = reply;
    table.fDoAsynchronousCommand = stages;
    greet();
    if (argc != 3 || !fake_load(argv[1], &table)) return 1;
    for (const Recipe &recipe : recipes) use(recipe, argv[2]);
    run_stages(nullptr);
    printf("held %d, replies %d, printed %d\n", held, replies, printed);
    printf("said %016llx\n", static_cast<unsigned long long>(said));
    return held != 0;
}
