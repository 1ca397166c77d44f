/* The signal chain: compiled on the main thread, run on the audio thread. */
#include "stub.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "trap.h"

typedef struct {
    t_object *x;
    t_perfroutine64 perform;
    void *userparam;
    long ins, outs; /* channels of all inlets, of all outlets */
    double *memory; /* (ins + outs, vector) */
    double **in, **out;
} station;

struct _dspchain {
    t_object ob;
    double samplerate;
    long vector;
    int count;
    station stations[STUB_BOXES];
};

static t_object *boxes[STUB_BOXES];
static int box_count;
static t_dspchain *current;
static int broken;
static double samplerate = 44100.0;
static long vector = 64;
STUB_LOCK(playing);

/* ---- classes and boxes ---- */

void class_dspinit(t_class *c)
{
    c->is_signal = 1;
}

void z_dsp_setup(t_pxobject *x, long signals)
{
    if (!stub_class(x)->is_signal) stub_forbid("z_dsp_setup without class_dspinit");
    stub_box_of(&x->z_ob)->signals = signals;
    x->z_count = (short)signals;
}

void stub_add_box(t_object *x)
{
    if (box_count == STUB_BOXES) abort();
    boxes[box_count++] = x;
}

static void remove_station(t_dspchain *chain, const t_object *x)
{
    int kept = 0;
    for (int i = 0; i < chain->count; ++i) {
        station *l = &chain->stations[i];
        if (l->x == x) {
            free(l->memory);
            free(l->in);
            free(l->out);
        } else
            chain->stations[kept++] = *l;
    }
    chain->count = kept;
}

void z_dsp_free(t_pxobject *x)
{
    int kept = 0;
    stub_only(MAIN, "z_dsp_free");
    for (int i = 0; i < box_count; ++i)
        if (boxes[i] != &x->z_ob) boxes[kept++] = boxes[i];
    box_count = kept;
    LOCK(playing);
    if (current) remove_station(current, &x->z_ob);
    UNLOCK(playing);
}

float sys_getsr(void)
{
    return (float)samplerate;
}

int sys_getdspobjdspstate(t_object *x)
{
    stub_only(MAIN, "sys_getdspobjdspstate");
    for (int i = 0; current && i < current->count; ++i)
        if (current->stations[i].x == x) return 1;
    return 0;
}

t_dspchain *dspchain_fromobject(t_object *x)
{
    stub_only(MAIN, "dspchain_fromobject");
    return sys_getdspobjdspstate(x) ? current : NULL;
}

void dspchain_setbroken(t_dspchain *chain)
{
    stub_only(MAIN, "dspchain_setbroken");
    broken = chain == current;
}

int stub_broken(void)
{
    return broken;
}

/* ---- the chain ---- */

static int is_multichannel(const t_object *x)
{
    return ((const t_pxobject *)x)->z_misc & Z_MC_INLETS;
}

static long channels_of(t_object *x, int inlet)
{
    const int cord = stub_box_of(x)->cords[inlet];
    return cord > 1 && is_multichannel(x) ? cord : 1;
}

static void *count_inputs(t_dspchain *chain, t_object *x, void *inlet)
{
    (void)chain;
    return (void *)(intptr_t)channels_of(x, (int)(intptr_t)inlet);
}

void dsp_add64(t_object *dsp64, t_object *x, t_perfroutine64 perform, long flags, void *userparam)
{
    t_dspchain *chain = (t_dspchain *)dsp64;
    station *l = &chain->stations[chain->count];
    stub_only(MAIN, "dsp_add64");
    if (l->x != x || flags) stub_forbid("dsp_add64 of another object, or with flags");
    l->perform = perform;
    l->userparam = userparam;
}

/* as Max asks before it compiles: whether channels that have changed change what comes out */
static void tell_inputs(t_object *x)
{
    typedef long changed(t_object *, long, long);
    stub_box *b = stub_box_of(x);
    const method m = stub_find(stub_class(x), "inputchanged", NULL);
    for (int k = 0; k < b->signals; ++k) {
        const long channels = channels_of(x, k);
        if (m && channels != b->told[k]) AS(changed, m)(x, k, channels);
        b->told[k] = channels;
    }
}

static long count_outputs(t_object *x)
{
    typedef long counts(t_object *, long);
    const stub_box *b = stub_box_of(x);
    const method m = stub_find(stub_class(x), "multichanneloutputs", NULL);
    long sum = 0, outlet = 0;
    for (int i = b->outlet_count - 1; i >= 0; --i, ++outlet) {
        if (!strcmp(b->outlets[i], "signal")) sum += 1;
        if (!strcmp(b->outlets[i], "multichannelsignal")) sum += AS(counts, m)(x, outlet);
    }
    return sum;
}

/* Unless the object wants none of it, outputs lie in the memory of inputs, crosswise. */
static void lay_out(station *l, long n)
{
    const int crossed = !(((t_pxobject *)l->x)->z_misc & Z_NO_INPLACE);
    const size_t rows = (size_t)(l->ins + l->outs);
    l->memory = calloc(rows * (size_t)n, sizeof *l->memory);
    l->in = calloc((size_t)l->ins, sizeof *l->in);
    l->out = calloc((size_t)l->outs, sizeof *l->out);
    for (long k = 0; k < l->ins; ++k) l->in[k] = l->memory + k * n;
    for (long j = 0; j < l->outs; ++j) l->out[j] = l->memory + (l->ins + j) * n;
    for (long j = 0; crossed && j < l->outs; ++j)
        if ((j ^ 1) < l->ins) l->out[j] = l->in[j ^ 1];
}

static void add(t_dspchain *chain, t_object *x)
{
    typedef void dsp64(t_object *, t_dspchain *, short *, double, long, long);
    short count[STUB_INLETS + STUB_OUTLETS] = {0};
    const stub_box *b = stub_box_of(x);
    const method m = stub_find(stub_class(x), "dsp64", NULL);
    station *l = &chain->stations[chain->count];
    *l = (station){.x = x};
    tell_inputs(x);
    for (int k = 0; k < b->signals; ++k) {
        count[k] = b->cords[k] > 0;
        l->ins += channels_of(x, k);
    }
    l->outs = count_outputs(x);
    AS(dsp64, m)(x, chain, count, chain->samplerate, chain->vector, 0);
    if (!l->perform) return; /* it does not want to play */
    lay_out(l, chain->vector);
    ++chain->count;
}

static void free_chain(t_dspchain *chain)
{
    while (chain && chain->count) remove_station(chain, chain->stations[0].x);
    free(chain);
}

void stub_compile(int on, double rate, long n, void (*meanwhile)(void))
{
    static t_class is = {.methods = {{"getnuminputchannels", METHOD(count_inputs), A_CANT}},
                         .count = 1};
    t_dspchain *next = on ? stub_alloc(&is, sizeof *next) : NULL, *old;
    samplerate = rate;
    vector = n;
    broken = 0;
    if (next) next->samplerate = rate;
    if (next) next->vector = n;
    for (int i = 0; next && i < box_count; ++i) add(next, boxes[i]);
    if (meanwhile && current) meanwhile();
    LOCK(playing);
    old = current;
    current = next;
    UNLOCK(playing);
    free_chain(old);
}

void stub_compile_again(void (*meanwhile)(void))
{
    if (current) stub_compile(1, samplerate, vector, meanwhile);
}

/* ---- one vector ---- */

static void play(station *l, long n, t_dspchain *chain)
{
    for (long j = 0; j < l->outs; ++j)
        for (long i = 0; i < n && l->out[j] >= l->memory + l->ins * n; ++i) l->out[j][i] = NAN;
    trap_set(1);
    l->perform(l->x, &chain->ob, l->in, l->ins, l->out, l->outs, n, 0, l->userparam);
    trap_sin();
    trap_set(0);
    if (l->outs && getenv("SPOIL")) l->out[0][0] = NAN; /* to see that it is seen */
}

void stub_tick(stub_input *input, stub_output *output)
{
    LOCK(playing);
    for (int i = 0; current && i < current->count; ++i) {
        station *l = &current->stations[i];
        stub_box *b = stub_box_of(l->x);
        input(b, l->in, l->ins, current->vector);
        const stub_thread before = stub_play(AUDIO);
        play(l, current->vector, current);
        stub_play(before);
        output(b, l->out, l->outs, current->vector);
    }
    UNLOCK(playing);
}
