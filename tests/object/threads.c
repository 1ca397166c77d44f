/* Two threads, as a host with more than one has them: one tells the object whatever comes to mind
 * and prepares, the other takes over, computes and hands back. Each pointer crosses by one atomic
 * exchange. To be built with -fsanitize=thread. */
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object.h"

enum { MESSAGES = 400, BLOCK = 64 };

static object o;
static _Atomic(object_change *) to_audio, to_message;
static atomic_int over, blocks, wrong;

static void say(void *owner, object_level level, const char *text)
{
    (void)owner;
    (void)level;
    (void)text;
}

static void *audio(void *nothing)
{
    unsigned noise = 1;
    while (!atomic_load(&over)) {
        object_change *change = atomic_exchange(&to_audio, NULL);
        if (change) {
            object_swap(&o, change);
            atomic_store(&to_message, change);
        }
        for (int k = 0; k < object_inlets(&o); ++k)
            for (size_t i = 0; i < BLOCK; ++i)
                o.in[k].samples[i] =
                    (double)((noise = noise * 1664525u + 1013904223u) >> 16) / 65536.0;
        object_process(&o);
        for (size_t i = 0; i < (size_t)o.rows * BLOCK; ++i)
            if (!isfinite(o.out[i])) atomic_store(&wrong, 1);
        if (noise % 17 == 0) object_clear(&o);
        if (noise % 13 == 0 && o.model->bang) object_bang(&o);
        atomic_fetch_add(&blocks, 1);
    }
    return nothing;
}

static void hand_over(object_change *change)
{
    while (change) {
        atomic_store(&to_audio, change);
        while (!(change = atomic_exchange(&to_message, NULL))) sched_yield();
        change = object_discard(&o, change);
    }
    object_collect(&o);
}

/* one word with a value that it may have, or one that it may not */
static object_change *tell_anything(void)
{
    const int which = rand() % o.model->count;
    const word *w = &o.model->words[which];
    const double high = w->is->high < 40.0 ? w->is->high : 40.0, low = w->is->low;
    double number = low + (high - low) * (rand() % 1001) / 1000.0;
    if (w->kind != WORD_REAL) number = floor(number);
    if (w->effect == WORD_BOX_ONLY) return object_reset(&o);
    word_given given = {w->kind != WORD_CHOICE, number, "value"};
    if (w->kind == WORD_CHOICE) given.text = w->choices[(int)number];
    if (rand() % 10 == 0) given.number = NAN;
    return object_set(&o, which, rand() % 20 != 0, &given);
}

int main(int argc, char **argv)
{
    const object_model *models[] = {&object_autoregnn, &object_autoregnn2, &object_unlearn};
    const int channels[OBJECT_INLETS_MAX] = {2, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    pthread_t thread;
    srand((unsigned)atoi(argv[argc - 1]));
    object_init(&o, models[atoi(argv[1])], NULL, say, WORD_INTEGER_MAX, 48000.0);
    hand_over(NULL);
    object_change *first = object_channels(&o, 2);
    object_swap(&o, first);
    object_discard(&o, first);
    if (object_open(&o, channels, BLOCK, 48000.0)) return 2;
    o.sounding = 1;
    pthread_create(&thread, NULL, audio, NULL);
    for (int k = 0; k < MESSAGES; ++k) hand_over(tell_anything());
    while (atomic_load(&blocks) < MESSAGES) sched_yield();
    atomic_store(&over, 1);
    pthread_join(thread, NULL);
    object_free(&o);
    printf("%s\n", atomic_load(&wrong) ? "not finite" : "finite");
    return atomic_load(&wrong);
}
