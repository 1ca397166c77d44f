#include "glide.h"

#include <stdlib.h>
#include <string.h>

object_glide *glide_new(const object_model *model, const double *values, int channels)
{
    tensors t = {0};
    model->tensors(values, &t);
    object_glide *g =
        calloc(1, sizeof *g + ((size_t)channels + 1) * t.learnt_words * sizeof *g->target);
    if (!g) return NULL;
    g->t = t;
    g->steps = 1;
    g->wait = GLIDE_GRID;
    g->channels = channels;
    g->scratch = g->target + (size_t)channels * t.learnt_words;
    return g;
}

void glide_free(object_glide *g)
{
    free(g);
}

void glide_put(object_glide *g, const state *s)
{
    memcpy(g->target, s->target, (size_t)s->channels * g->t.learnt_words * sizeof *g->target);
    g->steps = s->steps;
    g->wait = s->wait;
}

uint64_t glide_steps(const object *o, double ms)
{
    const double samples = o->sounding ? ms * 0.001 * o->samplerate : 0.0;
    return 1 + (uint64_t)samples / GLIDE_GRID;
}

static void step(object *o, object_glide *g)
{
    const object_networks *newest = object_newest(o);
    for (int c = 0; c < newest->count; ++c) {
        const double *target = g->target + (size_t)(c % g->channels) * g->t.learnt_words;
        o->model->take(newest->net[c], g->scratch, 0);
        words_approach(&g->t, g->scratch, target, 1.0 / (double)g->steps);
        o->model->put(newest->net[c], g->scratch, 0);
    }
    --g->steps;
    g->wait = GLIDE_GRID;
}

void glide_swap(object *o, object_glide **g)
{
    object_glide *going = o->glide;
    o->glide = *g;
    *g = going;
}

void glide_begin(object *o, object_glide **g)
{
    glide_swap(o, g);
    step(o, o->glide);
}

static int is_gliding(const object *o)
{
    return o->glide && o->glide->steps && o->layered;
}

size_t glide_ahead(const object *o, size_t n)
{
    return is_gliding(o) && o->glide->wait < n ? (size_t)o->glide->wait : n;
}

void glide_on(object *o, size_t n)
{
    if (!is_gliding(o)) return;
    o->glide->wait -= n;
    if (!o->glide->wait) step(o, o->glide);
}
