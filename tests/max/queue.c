/* What waits for the main thread, and clocks. Time is told by the driver. */
#include "stub.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct item item;
struct item {
    item *next;
    void *x;
    method function;
    int takes_list; /* or the object alone */
    int is_low;
    t_symbol *name;
    short count;
    t_atom *atoms;
    item *qelem; /* whose turn it is */
    int is_set;
};

typedef struct wake {
    t_object ob;
    struct wake *next;
    void *x;
    method function;
    double at; /* ms */
} wake;

typedef void plain(void *);
typedef void taking_list(void *, t_symbol *, short, t_atom *);

static item *first, **last = &first;
static wake *clocks;
static double now;
static EACH_THREAD long inlet;
static int running_low, sleeps;
STUB_LOCK(queue);
STUB_LOCK(ticking); /* held while a clock's function runs: none is freed meanwhile */

#define NEVER 1e300

/* ---- inlets ---- */

void stub_set_inlet(long k)
{
    inlet = k;
}

long proxy_getinlet(t_object *x)
{
    (void)x;
    return inlet;
}

/* ---- the queue of the main thread ---- */

static void append(item *i)
{
    LOCK(queue);
    i->next = NULL;
    *last = i;
    last = &i->next;
    UNLOCK(queue);
}

static void run(const item *i)
{
    running_low = i->is_low;
    if (i->takes_list)
        AS(taking_list, i->function)(i->x, i->name, i->count, i->atoms);
    else
        AS(plain, i->function)(i->x);
    running_low = 0;
}

int stub_is_low(void)
{
    return running_low;
}

static void drop(item *i)
{
    free(i->atoms);
    free(i);
}

static item *item_new(void *x, method function, t_symbol *name, short count, t_atom *atoms)
{
    item *i = calloc(1, sizeof *i);
    const size_t bytes = (size_t)count * sizeof *atoms;
    *i = (item){.x = x, .function = function, .takes_list = 1, .name = name, .count = count};
    stub_only(MAIN | SCHEDULER, "defer");
    i->atoms = count ? malloc(bytes) : NULL;
    if (count) memcpy(i->atoms, atoms, bytes);
    return i;
}

void *defer_low(void *x, method function, t_symbol *name, short count, t_atom *atoms)
{
    item *i = item_new(x, function, name, count, atoms);
    i->is_low = 1;
    append(i);
    return NULL;
}

void *defer(void *x, method function, t_symbol *name, short count, t_atom *atoms)
{
    item *i = item_new(x, function, name, count, atoms);
#ifndef STUB_DEFERS_NOTHING
    if (!stub_is_main()) {
        append(i);
        return NULL;
    }
#endif
    run(i);
    drop(i);
    return NULL;
}

void *qelem_new(void *x, method function)
{
    item *q = calloc(1, sizeof *q);
    q->x = x;
    q->function = function;
    return q;
}

void qelem_set(t_qelem *qelem)
{
    item *q = qelem, *turn = NULL;
    LOCK(queue);
    if (!q->is_set) turn = calloc(1, sizeof *turn);
    q->is_set = 1;
    UNLOCK(queue);
    if (!turn) return;
    turn->qelem = q;
    append(turn);
}

static item *take(void)
{
    LOCK(queue);
    item *i = first;
    if (i) first = i->next;
    if (!first) last = &first;
    if (i && i->qelem) i->qelem->is_set = 0;
    UNLOCK(queue);
    return i;
}

void stub_drain(void)
{
    stub_only(MAIN, "the queue");
    for (item *i = take(); i; i = take()) {
        run(i->qelem ? i->qelem : i);
        drop(i);
    }
}

/* those of this object, or of this qelem */
static void remove_items(const void *x)
{
    LOCK(queue);
    item **at = &first;
    while (*at) {
        item *i = *at;
        if (i->qelem == x || (!i->qelem && i->x == x)) {
            *at = i->next;
            drop(i);
        } else
            at = &i->next;
    }
    last = at;
    UNLOCK(queue);
}

void stub_drop(const void *x)
{
    remove_items(x);
}

void qelem_free(t_qelem *qelem)
{
    stub_only(MAIN, "qelem_free");
    remove_items(qelem);
    free(qelem);
}

/* ---- clocks ---- */

void stub_sleep_for_real(int yes)
{
    sleeps = yes;
}

void systhread_sleep(long ms)
{
    stub_only(MAIN, "systhread_sleep");
#ifndef _WIN32
    const struct timespec time = {0, ms * 1000000};
    if (sleeps) nanosleep(&time, NULL);
#else
    (void)ms;
#endif
}

static void free_clock(wake *w)
{
    LOCK(ticking);
    LOCK(queue);
    wake **at = &clocks;
    while (*at != w) at = &(*at)->next;
    *at = w->next;
    UNLOCK(queue);
    UNLOCK(ticking);
}

t_clock *clock_new(void *x, method function)
{
    static t_class is = {.unmake = METHOD(free_clock)};
    wake *w = stub_alloc(&is, sizeof *w);
    w->x = x;
    w->function = function;
    w->at = NEVER;
    LOCK(queue);
    w->next = clocks;
    clocks = w;
    UNLOCK(queue);
    return w;
}

void clock_delay(t_clock *clock, long ms)
{
    LOCK(queue);
    ((wake *)clock)->at = now + (double)ms;
    UNLOCK(queue);
}

void clock_unset(t_clock *clock)
{
    LOCK(queue);
    ((wake *)clock)->at = NEVER;
    UNLOCK(queue);
}

/* Runs the one that is due first, at its own time. 0: none is due. */
static int run_next(double until)
{
    LOCK(ticking);
    LOCK(queue);
    wake *due = clocks;
    for (wake *w = clocks; w; w = w->next)
        if (w->at < due->at) due = w;
    const int is_due = due && due->at <= until;
    now = is_due && due->at > now ? due->at : is_due ? now : until;
    const wake ran = is_due ? *due : (wake){0};
    if (is_due) due->at = NEVER;
    UNLOCK(queue);
    if (is_due) AS(plain, ran.function)(ran.x);
    UNLOCK(ticking);
    return is_due;
}

void stub_advance(double ms, int drains)
{
    if (drains) stub_play(SCHEDULER);
    while (run_next(ms)) {
        if (!drains) continue;
        stub_play(MAIN);
        stub_drain();
        stub_play(SCHEDULER);
    }
    if (drains) stub_play(MAIN);
}
