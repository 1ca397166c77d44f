/* A server with all its threads: one sounds and hears commands, in supernova two more sound with it
 * as in a parallel group, and one may wait. UGens begin and end while commands are under way, and
 * buffers become others. To be built with -fsanitize=thread, for either server.
 *
 * SIN, to see that it is seen: "early", a third stage on the thread that may wait; "shared", two
 * buffers with locks of their own for the same samples. */
#include "fake.h"

#include <atomic>
#include <cmath>
#include <condition_variable>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <memory>
#include <mutex>
#include <pthread.h>
#include <sched.h>
#include <string>
#include <thread>

namespace
{

enum { MESSAGES = 600, PLAYERS = 8, BUFFERS = 3, UNDER_WAY = 12 /* at most */ };
#ifdef SUPERNOVA
enum { SOUNDING = 3 /* threads */ };
#else
enum { SOUNDING = 1 };
#endif
enum Role { HEARS, SOUNDS, WAITS };

thread_local Role role = HEARS;
World world;
InterfaceTable table;
SndBuf buffers[BUFFERS];
std::unique_ptr<Player> players[PLAYERS];
std::atomic<int> held;
std::atomic<bool> over;
pthread_barrier_t begins, ends; /* of a block */
int under_way;
std::string sin_;

void must(bool holds, const char *what)
{
    if (holds) return;
    fprintf(stderr, "%s\n", what);
    _Exit(1);
}

/* ---- what the plugin calls ---- */

void *allocate(World *, size_t bytes)
{
    must(role != WAITS, "the pool is not for the thread that waits");
    ++held;
    return malloc(bytes);
}

void *shrink(World *, void *memory, size_t bytes)
{
    must(role != WAITS, "the pool is not for the thread that waits");
    return realloc(memory, bytes);
}

void release(World *, void *memory)
{
    must(role != WAITS, "the pool is not for the thread that waits");
    held -= memory != nullptr;
    free(memory);
}

int print(const char *format, ...)
{
#ifndef SUPERNOVA
    must(role == WAITS, "scsynth prints on the thread that waits");
#endif
    va_list values;
    va_start(values, format);
    vprintf(format, values);
    va_end(values);
    return 0;
}

void reply(Node *, int, const char *, int, const float *)
{
    must(role == HEARS, "a reply comes from the thread that hears");
}

/* ---- stages: the even ones on the thread that waits ---- */

struct Command {
    void *data;
    AsyncStageFn second, third, fourth;
    AsyncFreeFn cleanup;
    int stage;
    bool on;
};

struct Queue {
    std::mutex mutex;
    std::condition_variable filled;
    std::deque<Command> commands;

    void put(const Command &c)
    {
        const std::lock_guard<std::mutex> lock(mutex);
        commands.push_back(c);
        filled.notify_one();
    }
    bool take(Command &c, bool waits)
    {
        std::unique_lock<std::mutex> lock(mutex);
        while (waits && commands.empty() && !over) filled.wait(lock);
        if (commands.empty()) return false;
        c = commands.front();
        commands.pop_front();
        return true;
    }
} to_wait, to_hear;

void run(Command &c, AsyncStageFn stage)
{
    c.on = c.on && (!stage || stage(&world, c.data));
}

void step(Command c)
{
    if (c.stage == 2) run(c, c.second);
    if (c.stage == (sin_ == "early" ? 2 : 3)) run(c, c.third);
    if (c.stage == 4) run(c, c.fourth);
    if (c.stage == 5) {
        if (c.cleanup) c.cleanup(&world, c.data);
        --under_way;
    } else {
        ++c.stage;
        (c.stage % 2 ? to_hear : to_wait).put(c);
    }
}

int begin_stages(World *, void *, const char *, void *data, AsyncStageFn second, AsyncStageFn third,
                 AsyncStageFn fourth, AsyncFreeFn cleanup, int, void *)
{
#ifdef SUPERNOVA /* its memory for this is for one thread */
    must(role == HEARS, "a command begins on the thread that hears");
#endif
    ++under_way;
    to_wait.put({data, second, third, fourth, cleanup, 2, true});
    return 0;
}

void wait_for_commands()
{
    role = WAITS;
    Command c;
    while (to_wait.take(c, true)) step(c);
}

/* ---- buffers: as the server's /b_alloc ---- */

struct Exchange {
    SndBuf *buffer;
    int frames;
    float *samples; /* that come, then those that go */
};

bool make_samples(World *, void *data)
{
    Exchange *x = (Exchange *)data;
    x->samples = x->frames ? (float *)calloc((size_t)x->frames, sizeof(float)) : nullptr;
    return true;
}

bool exchange(World *, void *data)
{
    Exchange *x = (Exchange *)data;
    std::swap(x->buffer->data, x->samples);
    x->buffer->channels = 1;
    x->buffer->frames = x->buffer->samples = x->frames;
    return true;
}

bool free_samples(World *, void *data)
{
    free(((Exchange *)data)->samples);
    return true;
}

void forget(World *, void *data)
{
    delete (Exchange *)data;
}

void exchange_buffer(int k, int frames)
{
    begin_stages(nullptr, nullptr, "", new Exchange{&buffers[k], frames, nullptr}, make_samples,
                 sin_ == "early" ? nullptr : exchange, free_samples, forget, 0, nullptr);
}

/* ---- what is done between two blocks ---- */

void begin(int k)
{
    const bool shared = sin_ == "shared";
    Recipe recipe = recipes[shared || rand() % 2 ? WITH_BUFFER : rand() % (RECIPES - 1)];
    if (recipe.definition == recipes[WITH_BUFFER].definition)
        recipe.values[10] = (float)(shared ? k % BUFFERS : rand() % (BUFFERS + 1));
    players[k].reset(new Player(&world, recipe));
    players[k]->make();
}

void end(int k)
{
    if (players[k]) players[k]->end();
    players[k].reset();
}

void do_something(const char *path)
{
    const int k = rand() % PLAYERS, what = rand() % 10;
    if (!players[k]) {
        begin(k);
    } else if (what == 0) {
        end(k);
    } else if (what == 1 && sin_ != "shared") {
        exchange_buffer(rand() % BUFFERS, rand() % 3 ? 4096 : rand() % 100);
    } else if (what < 4) {
        players[k]->tell("weights", message(rand() % BUFFERS));
    } else {
        const char *name = what < 7 ? "write" : "read";
        const std::string file = std::string(path) + players[k]->definition->name;
        players[k]->tell(name, message(file.c_str(), what == 9 ? "weights" : nullptr));
        if (rand() % 4 == 0) end(k);
    }
}

/* ---- blocks ---- */

void play(int thread)
{
    for (int k = thread; k < PLAYERS; k += SOUNDING) {
        if (!players[k]) continue;
        Player &p = *players[k];
        p.play();
        for (uint32 j = 0; j < p.unit->mNumOutputs; ++j)
            for (int i = 0; i < BLOCK; ++i) must(std::isfinite(p.out[j][i]), "not finite");
    }
}

void help(int thread)
{
    role = SOUNDS;
    for (;;) {
        pthread_barrier_wait(&begins);
        if (over) return;
        play(thread);
        pthread_barrier_wait(&ends);
    }
}

void block()
{
    pthread_barrier_wait(&begins);
    play(0);
    pthread_barrier_wait(&ends);
    Command c;
    while (to_hear.take(c, false)) step(c);
    sched_yield();
}

void share_samples()
{
    static float samples[4096];
    for (SndBuf &buffer : buffers) {
        buffer.data = samples;
        buffer.channels = 1;
        buffer.frames = buffer.samples = 4096;
    }
}

void live(const char *path)
{
    if (sin_ == "shared") share_samples();
    for (int k = 0; k < MESSAGES; ++k) {
        if (under_way < UNDER_WAY) do_something(path);
        block();
    }
    for (int k = 0; k < PLAYERS; ++k) end(k);
    for (int k = 0; k < BUFFERS && sin_ != "shared"; ++k) exchange_buffer(k, 0);
    while (under_way) block();
}

} // namespace

int main(int argc, char **argv)
{
    if (getenv("SIN")) sin_ = getenv("SIN");
    world.mNumSndBufs = BUFFERS;
    world.mSndBufs = buffers;
    table.fRTAlloc = allocate;
    table.fRTRealloc = shrink;
    table.fRTFree = release;
    table.fPrint = print;
    table.fSendNodeReply = reply;
    table.fDoAsynchronousCommand = begin_stages;
    if (argc != 4 || !fake_load(argv[1], &table)) return 1;
    srand((unsigned)atoi(argv[3]));
    pthread_barrier_init(&begins, nullptr, SOUNDING);
    pthread_barrier_init(&ends, nullptr, SOUNDING);
    std::vector<std::thread> helpers;
    for (int k = 1; k < SOUNDING; ++k) helpers.emplace_back(help, k);
    std::thread waits(wait_for_commands);
    live(argv[2]);
    over = true;
    pthread_barrier_wait(&begins);
    for (std::thread &thread : helpers) thread.join();
    {
        const std::lock_guard<std::mutex> lock(to_wait.mutex);
        to_wait.filled.notify_one();
    }
    waits.join();
    printf("held %d\n", held.load());
    return held != 0;
}
