/* Samples through an object's networks. The sound does not depend on the block size. */
#include <stdlib.h>
#include <string.h>

#include "glide.h"

/* (part,) one channel of an inlet; one with fewer channels begins again */
static const double *heard(const object *o, int inlet, int channel)
{
    const object_inlet *in = &o->in[inlet];
    return in->samples + (size_t)(channel % in->channels) * o->n + o->from;
}

/* (part,) a row of what comes out */
static double *said(const object *o, double *out, int row)
{
    return out + (size_t)row * o->n + o->from;
}

/* one network that hears every channel of its inlet, and says what is asked for */
static void process_one(object *o, void *net, const double *const *signals, double *out)
{
    const double *in[OBJECT_SOURCES_MAX];
    double *outs[OBJECT_SOURCES_MAX];
    const int sources = o->model->sources_of(net);
    for (int j = 0; j < sources; ++j) in[j] = heard(o, 0, j);
    for (int j = 0; j < o->rows; ++j) outs[j] = said(o, out, j);
    const object_voice voice = {net, in, signals, outs, o->rows};
    o->model->process(&voice, 1, o->part);
}

/* networks that hear a channel each, from `first` on */
static void process_some(object *o, void *const *nets, int first, int count,
                         const double *const *held, double *out)
{
    const object_model *m = o->model;
    const double *in[OBJECT_ABREAST][2], *signals[OBJECT_ABREAST][OBJECT_INLETS_MAX];
    double *outs[OBJECT_ABREAST][4];
    object_voice voices[OBJECT_ABREAST];
    for (int i = 0; i < count; ++i) {
        const int c = first + i;
        for (int k = 0; k < m->sources; ++k) in[i][k] = heard(o, k, c);
        for (int k = 0; k < m->controls; ++k)
            signals[i][k] = held[k] ? heard(o, m->sources + k, c) : NULL;
        for (int j = 0; j < m->outs; ++j) outs[i][j] = said(o, out, j * o->channels + c);
        voices[i] = (object_voice){nets[c], in[i], signals[i], outs[i], m->outs};
    }
    m->process(voices, count, o->part);
}

static void process_layer(object *o, const object_networks *nets, double *out)
{
    const object_model *m = o->model;
    const double *signals[OBJECT_INLETS_MAX] = {NULL}; /* what has no inlet holds its value */
    const int inlet = m->sources ? m->sources : 1;
    for (int k = 0; k < m->inlets; ++k)
        signals[k] = o->in[inlet + k].channels ? heard(o, inlet + k, 0) : NULL;
    if (o->heeded[m->learn] == 0.0) signals[m->rate] = NULL; /* holds 0 */
    const int count = nets->count < o->channels ? nets->count : o->channels;
    for (int row = 0; count < o->channels && row < o->rows; ++row)
        memset(said(o, out, row), 0, o->part * sizeof *out);
    if (!m->sources)
        process_one(o, nets->net[0], signals, out);
    else
        for (int c = 0; c < count; c += OBJECT_ABREAST)
            process_some(o, nets->net, c, count - c < OBJECT_ABREAST ? count - c : OBJECT_ABREAST,
                         signals, out);
}

/* out: a layer, which stands in mixed, comes in as its fade goes on, above what out was */
static void mix(object *o, object_networks *nets)
{
    const size_t left = nets->fade - nets->faded, n = o->part < left ? o->part : left;
    for (int row = 0; row < o->rows; ++row) {
        double *out = said(o, o->out, row);
        const double *in = said(o, o->mixed, row);
        for (size_t i = 0; i < n; ++i) {
            const double share = (double)(nets->faded + i + 1) / (double)nets->fade;
            out[i] += share * (in[i] - out[i]);
        }
        memcpy(out + n, in + n, (o->part - n) * sizeof *out);
    }
    nets->faded += n;
}

/* what lies below the newest layer that has faded in is to be freed, on the other thread */
static void drop_silent(object *o)
{
    int silent = 0;
    for (int l = 1; l < o->layered; ++l)
        if (o->layers[l]->faded == o->layers[l]->fade) silent = l;
    for (int l = 0; l < silent; ++l) {
        o->layers[l]->next = atomic_load(&o->faded);
        while (!atomic_compare_exchange_weak(&o->faded, &o->layers[l]->next, o->layers[l])) {
        }
    }
    o->layered -= silent;
    memmove(o->layers, o->layers + silent, (size_t)o->layered * sizeof *o->layers);
}

static void measure(object *o)
{
    const object_model *m = o->model;
    const int first = m->outs - m->errors;
    for (int c = 0; c < o->channels; ++c)
        for (int e = 0; e < m->errors; ++e) {
            const double *error = o->out + (size_t)((first + e) * o->channels + c) * o->n;
            object_mean *mean = &o->means[c * m->errors + e];
            for (size_t i = 0; i < o->n; ++i) mean->sum += error[i] * error[i];
            mean->samples += (double)o->n;
        }
}

/* as far as the weights go by themselves */
static void process_part(object *o)
{
    for (int l = 0; l < o->layered; ++l) {
        process_layer(o, o->layers[l], l ? o->mixed : o->out);
        if (l) mix(o, o->layers[l]);
    }
    drop_silent(o);
}

void object_process(object *o, size_t n)
{
    const double begin = object_seconds();
    o->n = n;
    if (!o->rows) return; /* it is not open yet */
    if (!o->layered) memset(o->out, 0, (size_t)o->rows * n * sizeof *o->out);
    for (o->from = 0; o->from < n; o->from += o->part) {
        o->part = glide_ahead(o, n - o->from);
        process_part(o);
        glide_on(o, o->part);
    }
    measure(o);
    o->busy += object_seconds() - begin;
    o->sounded += (double)n;
}

/* ---- what it may be told of its sound ---- */

static object_task *end(object *o, object_task *task)
{
    (void)o;
    free(task);
    return NULL;
}

static void run_clear(object *o, object_task *task)
{
    (void)task;
    for (int l = 0; l < o->layered; ++l)
        for (int c = 0; c < o->layers[l]->count; ++c) o->model->clear(o->layers[l]->net[c]);
}

static void run_bang(object *o, object_task *task)
{
    (void)task;
    for (int l = 0; l < o->layered; ++l)
        for (int c = 0; c < o->layers[l]->count; ++c) o->model->bang(o->layers[l]->net[c]);
}

object_task *object_clear(object *o)
{
    (void)o;
    return object_task_new(sizeof(object_task), run_clear, end);
}

object_task *object_bang(object *o)
{
    (void)o;
    return object_task_new(sizeof(object_task), run_bang, end);
}
