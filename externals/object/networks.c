#include <stdlib.h>
#include <string.h>

#include "state.h"

void networks_free(object_networks *nets)
{
    while (nets) {
        object_networks *next = nets->next;
        for (int c = 0; c < nets->count; ++c) free(nets->net[c]);
        free(nets);
        nets = next;
    }
}

object_networks *networks_make(const object *o, int count, int had)
{
    const size_t bytes = o->model->bytes(o->values);
    object_networks *nets = calloc(1, sizeof *nets + (size_t)count * sizeof *nets->net);
    if (!nets) return NULL;
    nets->bytes = bytes * (size_t)count;
    for (nets->count = had; nets->count < count; ++nets->count)
        if (!bytes || !(nets->net[nets->count] = calloc(1, bytes))) {
            networks_free(nets);
            return NULL;
        }
    return nets;
}

void networks_init(object *o, const double *values, object_networks *nets)
{
    const double seed = values[o->model->seed];
    for (int c = 0; c < nets->count; ++c)
        if (nets->net[c])
            o->model->init(nets->net[c], values, o->samplerate, (uint64_t)seed + (uint64_t)c);
    o->each = o->model->count_weights(nets->net[nets->count - 1]);
}

void networks_heed(const object_model *m, const double *values, void *net, int which)
{
    double heeded[WORDS_MAX];
    memcpy(heeded, values, sizeof heeded);
    if (values[m->learn] == 0.0) heeded[m->rate] = 0.0;
    m->set(net, heeded, which == m->learn ? m->rate : which);
}

void networks_put(const object *o, const double *values, object_networks *nets, const state *s)
{
    const object_model *m = o->model;
    tensors t = {0};
    m->tensors(values, &t);
    const size_t words = s->heard ? t.words : t.learnt_words;
    for (int c = 0; c < nets->count; ++c) {
        for (int k = 0; k < m->count; ++k) networks_heed(m, values, nets->net[c], k);
        m->put(nets->net[c], s->words + (size_t)(c % s->channels) * words, s->heard);
    }
}

object_networks *object_newest(const object *o)
{
    return o->layered ? o->layers[o->layered - 1] : NULL;
}

object_networks *networks_drop(object *o, int count, object_networks *list)
{
    for (int l = 0; l < count; ++l) {
        o->layers[l]->next = list;
        list = o->layers[l];
    }
    o->layered -= count;
    memmove(o->layers, o->layers + count, (size_t)o->layered * sizeof *o->layers);
    return list;
}
