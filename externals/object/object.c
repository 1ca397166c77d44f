#include "object.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* old and new networks beyond this are not kept at once */
static const double together = 1073741824.0; /* bytes: 1 GB */

/* ---- networks ---- */

static void free_networks(object_networks *nets)
{
    while (nets) {
        object_networks *next = nets->next;
        for (int c = 0; c < nets->count; ++c) free(nets->net[c]);
        free(nets);
        nets = next;
    }
}

/* memory for `count` networks, of which the first `had` stay empty; NULL if it is short */
static object_networks *make_networks(const object *o, int count, int had)
{
    const size_t bytes = o->model->bytes(o->values);
    object_networks *nets = calloc(1, sizeof *nets + (size_t)count * sizeof *nets->net);
    if (!nets) return NULL;
    nets->bytes = bytes * (size_t)count;
    for (nets->count = had; nets->count < count; ++nets->count)
        if (!bytes || !(nets->net[nets->count] = calloc(1, bytes))) {
            free_networks(nets);
            return NULL;
        }
    return nets;
}

static void init_networks(const object *o, object_networks *nets)
{
    const double seed = o->values[o->model->seed];
    for (int c = 0; c < nets->count; ++c)
        if (nets->net[c])
            o->model->init(nets->net[c], o->values, o->samplerate, (uint64_t)seed + (uint64_t)c);
}

object_networks *object_newest(const object *o)
{
    return o->layered ? o->layers[o->layered - 1] : NULL;
}

static void say_short(const object *o)
{
    char shape[WORD_TEXT_MAX], text[WORD_TEXT_MAX];
    o->model->shape(o->values, shape);
    snprintf(text, sizeof text, "no memory for %.900s", shape);
    o->say(o->owner, OBJECT_ERROR, text);
}

/* ---- changes ---- */

static object_change *prepare(object *o, int which)
{
    object_change *change = calloc(1, sizeof *change);
    if (!change) return NULL;
    memcpy(change->values, o->values, sizeof change->values);
    change->which = which;
    return change;
}

/* other networks for all channels; NULL after an error */
static object_change *prepare_networks(object *o, int which, object_keeps keeps)
{
    object_change *change = prepare(o, which);
    object_networks *coming = NULL;
    if (keeps != KEEPS_ALL) object_warn(o, o->made);
    if (change) coming = make_networks(o, o->made, 0);
    if (!coming) {
        free(change);
        say_short(o);
        return NULL;
    }
    change->keeps = keeps;
    change->late = !o->model->sources && (double)coming->bytes + (double)o->told > together;
    o->told = coming->bytes;
    if (change->late) {
        change->waiting = coming;
        return change;
    }
    change->coming = coming;
    if (keeps != KEEPS_ALL) init_networks(o, coming);
    if (o->sounding) {
        const double samples = o->values[o->model->fade] * 0.001 * o->samplerate;
        coming->fade = (size_t)samples;
    }
    return change;
}

/* A copy that goes on with another function, where it is small enough to be copied while it sounds;
 * else the network itself does, at once. */
static object_change *prepare_copy(object *o, int which)
{
    enum { COPIED_MAX = 1 << 22 }; /* bytes, 4 MB: a fraction of a millisecond */
    const int fades = o->sounding && o->values[o->model->fade] > 0.0;
    if (!fades || o->told > COPIED_MAX) return prepare(o, which);
    return prepare_networks(o, which, KEEPS_ALL);
}

object_change *object_reset(object *o)
{
    return prepare_networks(o, -1, KEEPS_NOTHING);
}

object_change *object_channels(object *o, int channels)
{
    if (channels <= o->made) return NULL;
    object_change *change = prepare(o, -1);
    object_warn(o, channels);
    if (change) change->coming = make_networks(o, channels, o->made);
    if (!change || !change->coming) {
        free(change);
        say_short(o);
        return NULL;
    }
    init_networks(o, change->coming);
    change->keeps = KEEPS_PLACE;
    o->made = channels;
    o->told = o->model->bytes(o->values) * (size_t)channels;
    return change;
}

int object_read(object *o, int which, double high, const word_given *given)
{
    char refusal[WORD_TEXT_MAX];
    if (high > o->integer_max) high = o->integer_max;
    if (word_read(&o->model->words[which], high, given, &o->values[which], refusal)) return 1;
    o->say(o->owner, OBJECT_ERROR, refusal);
    return 0;
}

object_change *object_set(object *o, int which, int count, const word_given *given)
{
    const word *w = &o->model->words[which];
    double before[WORDS_MAX];
    memcpy(before, o->values, sizeof before);
    if (!object_read(o, which, o->model->high(before, which), count ? given : &WORD_NOTHING))
        return NULL;
    if (w->effect == WORD_PRESETS) o->model->follow(o->values, (int)o->values[which]);
    object_change *change = NULL;
    if (w->effect == WORD_REBUILDS && o->values[which] == before[which])
        return NULL;
    else if (w->effect == WORD_REBUILDS)
        change = prepare_networks(o, which, KEEPS_WEIGHTS);
    else if (w->effect == WORD_PRESETS || w->effect == WORD_REDRAWS)
        change = prepare_networks(o, which, KEEPS_NOTHING);
    else if (w->effect == WORD_CHANGES && o->values[which] != before[which])
        change = prepare_copy(o, which);
    else
        change = prepare(o, which);
    if (!change) memcpy(o->values, before, sizeof before);
    return change;
}

/* ---- on the audio thread ---- */

/* what a control holds; the rate is 0 while nothing is to be learnt */
static void heed(object *o, object_networks *nets, int which)
{
    const object_model *m = o->model;
    double values[WORDS_MAX];
    memcpy(values, o->heeded, sizeof values);
    if (values[m->learn] == 0.0) values[m->rate] = 0.0;
    if (which == m->learn) which = m->rate;
    for (int c = 0; c < nets->count; ++c) m->set(nets->net[c], values, which);
}

static void heed_controls(object *o, object_networks *nets)
{
    for (int k = 0; k < o->model->controls; ++k) heed(o, nets, k);
}

/* the oldest layers, so many of them, as a list that ends in `list` */
static object_networks *drop_layers(object *o, int count, object_networks *list)
{
    for (int l = 0; l < count; ++l) {
        o->layers[l]->next = list;
        list = o->layers[l];
    }
    o->layered -= count;
    memmove(o->layers, o->layers + count, (size_t)o->layered * sizeof *o->layers);
    return list;
}

static void take_place(object *o, object_change *change)
{
    object_networks *old = object_newest(o);
    for (int c = 0; old && c < old->count; ++c) {
        change->coming->net[c] = old->net[c];
        old->net[c] = NULL;
    }
    if (old) {
        change->coming->fade = old->fade;
        change->coming->faded = old->faded;
        change->going = old;
        --o->layered;
    }
    o->layers[o->layered++] = change->coming;
    heed_controls(o, change->coming);
}

static void take_over(object *o, object_change *change)
{
    object_networks *coming = change->coming, *old = object_newest(o);
    heed_controls(o, coming);
    for (int c = 0; old && c < old->count && c < coming->count; ++c) {
        if (change->keeps == KEEPS_WEIGHTS) o->model->keep(coming->net[c], old->net[c]);
        if (change->keeps == KEEPS_ALL) o->model->copy(coming->net[c], old->net[c]);
    }
    if (change->keeps == KEEPS_ALL) heed(o, coming, change->which);
    if (!coming->fade)
        change->going = drop_layers(o, o->layered, NULL);
    else if (o->layered > 1 && (!old->faded || o->layered == OBJECT_LAYERS_MAX)) {
        old->next = NULL;
        change->going = old; /* of all that sound the least heard, or not yet */
        --o->layered;
    }
    o->layers[o->layered++] = coming;
}

void object_swap(object *o, object_change *change)
{
    memcpy(o->heeded, change->values, sizeof o->heeded);
    if (change->late)
        change->going = drop_layers(o, o->layered, NULL); /* silence, until they have made room */
    else if (change->coming && change->keeps == KEEPS_PLACE)
        take_place(o, change);
    else if (change->coming)
        take_over(o, change);
    else
        for (int l = 0; l < o->layered; ++l) heed(o, o->layers[l], change->which);
    change->coming = NULL;
}

object_change *object_discard(object *o, object_change *change)
{
    free_networks(change->going);
    change->going = NULL;
    if (change->late) {
        change->late = 0;
        change->keeps = KEEPS_NOTHING;
        change->coming = change->waiting;
        init_networks(o, change->coming);
        return change;
    }
    free(change);
    return NULL;
}

void object_collect(object *o)
{
    free_networks(atomic_exchange(&o->faded, NULL));
}

/* ---- life ---- */

void object_initial(const object_model *model, double *values)
{
    for (int k = 0; k < model->count; ++k) values[k] = model->words[k].is->initial;
    if (model->follow) model->follow(values, -1);
}

void object_init(object *o, const object_model *model, void *owner, object_say *say,
                 double integer_max, double samplerate)
{
    memset(o, 0, sizeof *o);
    o->model = model;
    o->owner = owner;
    o->say = say;
    o->integer_max = integer_max;
    o->samplerate = samplerate >= 1.0 && samplerate <= 1e6 ? samplerate : 48000.0;
    object_initial(model, o->values);
}

void object_free(object *o)
{
    free_networks(drop_layers(o, o->layered, NULL));
    object_collect(o);
    free(o->memory);
    free(o->means);
}
