/* Two threads, as a host with more than one has them: one tells the object whatever comes to mind,
 * asks, looks at an array and at times stands in for the other, which computes. What they have in
 * common is the handover. To be built with -fsanitize=thread. */
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

#include "drawn.h"
#include "handover.h"

enum { MESSAGES = 800, BLOCK = 64 };

static object o;
static handover h;
static atomic_int over, blocks, wrong;

static void say(void *owner, object_level level, const char *text)
{
    (void)owner;
    (void)level;
    (void)text;
}

static int told;

static void tell(void *owner, const char *name, size_t count, const double *numbers,
                 const char *symbol)
{
    (void)owner;
    (void)name;
    (void)symbol;
    for (size_t i = 0; numbers && i < count; ++i)
        if (!isfinite(numbers[i])) atomic_store(&wrong, 1);
    ++told;
}

static const object_host host = {say, tell, NULL, WORD_INTEGER_MAX, '-'};

static void block(unsigned *noise)
{
    for (int k = 0; k < object_inlets(&o); ++k)
        for (size_t i = 0; i < (size_t)o.in[k].channels * BLOCK; ++i)
            o.in[k].samples[i] =
                (double)((*noise = *noise * 1664525u + 1013904223u) >> 16) / 65536.0;
    object_process(&o, BLOCK);
    for (size_t i = 0; i < (size_t)o.rows * BLOCK; ++i)
        if (!isfinite(o.out[i])) atomic_store(&wrong, 1);
}

static void *audio(void *nothing)
{
    unsigned noise = 1;
    while (!atomic_load(&over)) {
        if (handover_enter(&h)) {
            block(&noise);
            handover_leave(&h);
        }
        atomic_fetch_add(&blocks, 1);
    }
    return nothing;
}

static void hand_over(object_task *task)
{
#ifdef THREADS_MEET /* to see that the sanitizer sees it */
    while (task) {
        object_run(&o, task);
        task = object_end(&o, task);
    }
#else
    handover_give(&h, task, rand() % 5 == 0);
#endif
}

/* one word with a value that it may have, or one that it may not */
static object_task *set_anything(void)
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

static unsigned char *packed;

/* what is stored, kept and read */
static object_task *tell_of_states(void)
{
    static size_t count;
    static int packing;
    const char *names[] = {"a", "b", "c"};
    const word_given given[] = {{0, 0.0, names[rand() % 3]},
                                {0, 0.0, names[rand() % 3]},
                                {1, (rand() % 5) / 4.0, "x"},
                                {1, rand() % 20, "ms"}};
    switch (rand() % 7) {
    case 0:
        return object_recall(&o, 1, given);
    case 1:
        return object_morph(&o, 3 + rand() % 2, given);
    case 2:
        object_snapshots(&o);
        if (rand() % 4 == 0) object_forget(&o, 1, given);
        return NULL;
    case 3: /* the one that is on its way writes into these two */
        if (packing) return NULL;
        free(packed);
        packing = 1;
        return object_pack(&o, &packed, &count);
    case 4:
        packing = packing && !packed;
        return packed ? object_unpack(&o, packed, count) : NULL;
    case 5:
        return object_save(&o, "/dev/full");
    default:
        return object_store(&o, 1, given);
    }
}

static object_task *tell_anything(void)
{
    static float points[1 << 16];
    static drawn drawn;
    const drawn_array array = {points, sizeof *points, 1 << 16, 1};
    const word_given weights[] = {
        {1, 1.0, "1"}, {1, 0.5, "0.5"}, {1, rand() % 3 ? 0.25 : NAN, "x"}};
    const int channels[OBJECT_INLETS_MAX] = {1 + rand() % 3, 1, rand() % 2, 1, 1, 1, 1, 1, 1, 1};
    switch (rand() % 15) {
    case 0:
        return object_reset(&o);
    case 1:
        return object_clear(&o);
    case 2:
        return o.model->bang ? object_bang(&o) : NULL;
    case 3:
        return object_report(&o, "w");
    case 4:
        return object_tell_weights(&o);
    case 5:
        return object_set_weights(&o, 3, weights);
    case 6:
        return object_open(&o, channels, BLOCK, rand() % 2 ? 44100.0 : 48000.0);
    case 7:
        return object_channels(&o, o.wide);
    case 8:
        drawn_show(&drawn, &array);
        points[rand() % 64] = (float)(rand() % 100) / 100.0f;
        return drawn_look(&drawn, &o, &array, rand() % 4 == 0);
    case 9:
    case 10:
    case 11:
        return tell_of_states();
    default:
        return set_anything();
    }
}

int main(int argc, char **argv)
{
    const object_model *models[] = {&object_autoregnn, &object_autoregnn2, &object_unlearn};
    const int channels[OBJECT_INLETS_MAX] = {2, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    pthread_t thread;
    srand((unsigned)atoi(argv[argc - 1]));
    object_init(&o, models[atoi(argv[1])], &host, NULL, 48000.0);
    handover_init(&h, &o);
    handover_give(&h, object_channels(&o, 2), 1);
    handover_give(&h, object_open(&o, channels, BLOCK, 48000.0), 1);
    o.sounding = 1;
    pthread_create(&thread, NULL, audio, NULL);
    for (int k = 0; k < MESSAGES || atomic_load(&blocks) < MESSAGES; ++k) {
        if (k < MESSAGES) hand_over(tell_anything());
        handover_look(&h);
        if (k % 4 == 0) sched_yield();
    }
    atomic_store(&over, 1);
    pthread_join(thread, NULL);
    handover_free(&h);
    object_exit(&o);
    free(packed);
    if (!told) puts("told nothing");
    puts(atomic_load(&wrong) ? "not finite" : "finite");
    return atomic_load(&wrong);
}
