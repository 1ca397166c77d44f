/* What stands between the host and the networks: room for the samples of a block. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object.h"

int object_outs(const object *o)
{
    return o->model->outs ? o->model->outs : o->model->asked(o->values);
}

int object_outlets(const object *o)
{
    const int multichannel = o->model->multichannel;
    return multichannel >= 0 && o->values[multichannel] != 0.0 ? 1 : object_outs(o);
}

int object_width(const object *o)
{
    return object_outs(o) * o->wide / object_outlets(o);
}

int object_inlets(const object *o)
{
    return (o->model->sources ? o->model->sources : 1) + o->model->inlets;
}

typedef struct {
    object_task task;
    double samplerate;
    int channels[OBJECT_INLETS_MAX], wide, rows;
    size_t n;
    double *memory;     /* room for it, or NULL: there is enough; then what was replaced */
    object_mean *means; /* (metered, errors) likewise */
    int had, metered;   /* channels that have means, before and after */
    int unheard, heard; /* channels of the only source: those beyond what the network hears */
} form;

/* channels that sound: one network for each of the widest source; one network hears them all */
static int channels_of(const object_model *m, const int *channels)
{
    int widest = 1;
    for (int k = 0; k < m->sources; ++k) widest = channels[k] > widest ? channels[k] : widest;
    return widest;
}

static void take_memory(object *o, form *f)
{
    double *going = o->memory;
    if (f->memory) {
        o->memory = f->memory;
        f->memory = going;
    }
    double *next = o->memory;
    for (int k = 0; k < object_inlets(o); next += (size_t)f->channels[k++] * f->n)
        o->in[k] = (object_inlet){f->channels[k], next};
    o->out = next;
    o->mixed = next + (size_t)f->rows * f->n;
}

/* what has been measured stays */
static void take_means(object *o, form *f)
{
    object_mean *going = o->means;
    if (!f->means) return;
    if (going) memcpy(f->means, going, (size_t)(f->had * o->model->errors) * sizeof *going);
    o->means = f->means;
    f->means = going;
}

static void run_form(object *o, object_task *task)
{
    form *f = (form *)task;
    const int before = o->in[0].channels;
    take_memory(o, f);
    take_means(o, f);
    o->channels = f->wide;
    o->rows = f->rows;
    for (int l = 0; o->model->set_samplerate && l < o->layered; ++l)
        for (int c = 0; c < o->layers[l]->count; ++c)
            o->model->set_samplerate(o->layers[l]->net[c], f->samplerate);
    if (o->model->sources || !o->layered || f->channels[0] == before) return;
    f->heard = o->model->sources_of(object_newest(o)->net[0]);
    f->unheard = f->channels[0] > 1 && f->channels[0] > f->heard;
}

/* where one network hears all channels of its inlet, there may be more than it hears */
static object_task *end_form(object *o, object_task *task)
{
    form *f = (form *)task;
    char text[WORD_TEXT_MAX];
    if (f->unheard) {
        snprintf(text, sizeof text,
                 "%d channels come in, external inputs are %d: the others go unheard",
                 f->channels[0], f->heard);
        o->host->say(o->owner, OBJECT_ERROR, text);
    }
    free(f->memory);
    free(f->means);
    free(f);
    return NULL;
}

/* 0, or -1 if memory is short */
static int make_room(object *o, form *f)
{
    const size_t errors = (size_t)o->model->errors;
    size_t samples = 2 * (size_t)f->rows * f->n;
    for (int k = 0; k < object_inlets(o); ++k) samples += (size_t)f->channels[k] * f->n;
    if (samples * sizeof *f->memory > o->room) {
        f->memory = calloc(samples, sizeof *f->memory);
        if (!f->memory) return -1;
    }
    f->had = o->metered;
    if (f->wide > o->metered && errors) {
        f->means = calloc((size_t)f->wide * errors, sizeof *f->means);
        if (!f->means) return -1;
        o->metered = f->wide;
    }
    if (f->memory) o->room = samples * sizeof *f->memory;
    return 0;
}

object_task *object_open(object *o, const int *channels, size_t n, double samplerate)
{
    char text[WORD_TEXT_MAX];
    form *f = object_task_new(sizeof *f, run_form, end_form);
    if (!f) return NULL;
    for (int k = 0; k < object_inlets(o); ++k) f->channels[k] = channels[k];
    f->n = n;
    f->wide = channels_of(o->model, channels);
    f->rows = object_outs(o) * f->wide;
    if (make_room(o, f)) {
        snprintf(text, sizeof text, "no memory for blocks of %lu samples", (unsigned long)n);
        o->host->say(o->owner, OBJECT_ERROR, text);
        free(f->memory);
        free(f);
        return NULL;
    }
    if (samplerate >= 1.0 && samplerate <= 1e6) o->samplerate = samplerate;
    f->samplerate = o->samplerate;
    o->wide = f->wide;
    return &f->task;
}
