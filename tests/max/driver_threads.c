/* Sound, the scheduler and the main thread, each a thread of its own. */
#include "driver.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef _WIN32
#include <sched.h>

enum { LATE = 4096 };
static char *late[LATE]; /* lines for the scheduler's thread */
static atomic_int late_given, late_done, finished, vectors;

static void *sound(void *nothing)
{
    stub_play(AUDIO);
    while (!atomic_load(&finished)) {
        stub_tick(fill_noise, check_finite);
        atomic_fetch_add(&vectors, 1);
        sched_yield();
    }
    return nothing;
}

static void *schedule(void *nothing)
{
    stub_play(SCHEDULER);
    for (double ms = 0.0; !atomic_load(&finished); ms += 5.0) {
        stub_advance(ms, 0);
        const int k = atomic_load(&late_done);
        if (k < atomic_load(&late_given)) {
            begin_patching();
            act(late[k]);
            end_patching();
            free(late[k]);
            atomic_store(&late_done, k + 1);
        }
        sched_yield();
    }
    return nothing;
}

/* 1 if the line is for the other thread, which may take its time */
static int give_late(const char *text)
{
    const int k = atomic_load(&late_given);
    if (strncmp(text, "late", 4) && strncmp(text, "ask", 3)) return 0;
    if (k == LATE) exit(2);
    late[k] = strdup(text);
    atomic_store(&late_given, k + 1);
    return 1;
}

/* each thing that the main thread does comes a few vectors after the one before */
void act_in_threads(char *line)
{
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, sound, NULL);
    pthread_create(&threads[1], NULL, schedule, NULL);
    while (fgets(line, LINE, stdin)) {
        const int begun = atomic_load(&vectors);
        if (!give_late(line)) act(line);
        stub_drain();
        while (atomic_load(&vectors) < begun + 2) sched_yield();
    }
    while (atomic_load(&late_done) < atomic_load(&late_given)) {
        stub_drain();
        sched_yield();
    }
    atomic_store(&finished, 1);
    for (int k = 0; k < 2; ++k) pthread_join(threads[k], NULL);
    stub_drain();
}

#endif
