#include <stdlib.h>
#include <string.h>

#include "object.h"

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
