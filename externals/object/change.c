/* Changes: what an object is told that makes its networks others. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glide.h"
#include "state.h"

/* old and new networks beyond this are not kept at once */
static const double together = 1073741824.0; /* bytes: 1 GB */

typedef struct {
    object_task task;
    double values[WORDS_MAX];
    int which; /* the word that changes, or -1 */
    object_keeps keeps;
    object_networks *coming;  /* NULL if none do */
    object_networks *going;   /* once it has been run */
    object_networks *waiting; /* there is no room for both: the old ones go, then these come */
    object_glide *glide;      /* of those that come, then of those that go */
    state *read;              /* what a file holds of those that come */
    char *path;               /* which is told, NULL if none is */
} change;

static void run_change(object *o, object_task *task);
static object_task *end_change(object *o, object_task *task);

static change *prepare(object *o, int which)
{
    change *c = object_task_new(sizeof *c, run_change, end_change);
    if (!c) return NULL;
    memcpy(c->values, o->values, sizeof c->values);
    c->which = which;
    return c;
}

static void say_short(const object *o)
{
    char shape[WORD_TEXT_MAX], text[WORD_TEXT_MAX];
    o->model->shape(o->values, shape);
    snprintf(text, sizeof text, "no memory for %.900s", shape);
    o->host->say(o->owner, OBJECT_ERROR, text);
}

/* as they are before they sound */
static void begin(object *o, const change *c, object_networks *nets)
{
    networks_init(o, c->values, nets);
    if (c->read) networks_put(o, c->values, nets, c->read);
}

/* other networks for all channels, perhaps as a file has them; NULL after an error */
static change *prepare_networks(object *o, int which, object_keeps keeps, state *read)
{
    change *c = prepare(o, which);
    object_networks *coming = NULL;
    if (keeps != KEEPS_ALL) object_weigh(o, o->made);
    if (c) coming = networks_make(o, o->made, 0);
    if (!coming) {
        free(c);
        say_short(o);
        return NULL;
    }
    const int late = !o->model->sources && (double)coming->bytes + (double)o->told > together;
    o->told = coming->bytes;
    c->keeps = keeps;
    c->read = read;
    c->task.redraws = 1;
    c->task.late = late;
    *(late ? &c->waiting : &c->coming) = coming;
    if (late) return c;
    if (keeps != KEEPS_ALL) begin(o, c, coming);
    if (o->sounding) {
        const double samples = o->values[o->model->fade] * 0.001 * o->samplerate;
        coming->fade = (size_t)samples;
    }
    return c;
}

/* A copy that goes on with another function, where it is small enough to be copied while it sounds;
 * else the network itself does, at once. */
static change *prepare_copy(object *o, int which)
{
    enum { COPIED_MAX = 1 << 22 }; /* bytes, 4 MB: a fraction of a millisecond */
    const int fades = o->sounding && o->values[o->model->fade] > 0.0;
    if (!fades || o->told > COPIED_MAX) return prepare(o, which);
    return prepare_networks(o, which, KEEPS_ALL, NULL);
}

object_task *object_reset(object *o)
{
    change *c = prepare_networks(o, -1, KEEPS_NOTHING, NULL);
    return c ? &c->task : NULL;
}

object_task *object_channels(object *o, int channels)
{
    if (channels <= o->made) return NULL;
    change *c = prepare(o, -1);
    object_weigh(o, channels);
    if (c) c->coming = networks_make(o, channels, o->made);
    if (!c || !c->coming) {
        free(c);
        say_short(o);
        return NULL;
    }
    networks_init(o, o->values, c->coming);
    c->keeps = KEEPS_PLACE;
    c->task.redraws = 1;
    o->made = channels;
    o->told = o->model->bytes(o->values) * (size_t)channels;
    return &c->task;
}

object_task *object_set(object *o, int which, int count, const word_given *given)
{
    const word *w = &o->model->words[which];
    double before[WORDS_MAX];
    memcpy(before, o->values, sizeof before);
    if (!object_read(o, which, o->model->high(before, which), count ? given : &WORD_NOTHING))
        return NULL;
    if (w->effect == WORD_PRESETS) o->model->follow(o->values, (int)o->values[which]);
    change *c = NULL;
    if (w->effect == WORD_REBUILDS && o->values[which] == before[which])
        return NULL;
    else if (w->effect == WORD_REBUILDS)
        c = prepare_networks(o, which, KEEPS_WEIGHTS, NULL);
    else if (w->effect == WORD_PRESETS || w->effect == WORD_REDRAWS)
        c = prepare_networks(o, which, KEEPS_NOTHING, NULL);
    else if (w->effect == WORD_CHANGES && o->values[which] != before[which])
        c = prepare_copy(o, which);
    else
        c = prepare(o, which);
    if (!c) memcpy(o->values, before, sizeof before);
    return c ? &c->task : NULL;
}

object_task *change_load(object *o, state *read, const char *path)
{
    object_glide *glide = NULL;
    char *copy = object_text(path);
    int lacks = path && !copy;
    if (read->target) {
        glide = glide_new(o->model, read->values, read->channels);
        lacks |= !glide;
    }
    if (lacks) say_short(o);
    change *c = lacks ? NULL : prepare_networks(o, -1, KEEPS_FILE, read);
    if (!c) {
        glide_free(glide);
        free(copy);
        state_free(read);
        free(read);
        return NULL;
    }
    if (glide) glide_put(glide, read);
    c->glide = glide;
    c->path = copy;
    o->glides |= glide != NULL;
    snapshots_free(&o->snapshots);
    o->snapshots = read->snapshots;
    read->snapshots = (snapshots){0};
    return &c->task;
}

/* ---- on the audio thread ---- */

static void heed(object *o, object_networks *nets, int which)
{
    for (int c = 0; c < nets->count; ++c) networks_heed(o->model, o->heeded, nets->net[c], which);
}

static void heed_controls(object *o, object_networks *nets)
{
    for (int k = 0; k < o->model->controls; ++k) heed(o, nets, k);
}

static void take_place(object *o, change *change)
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

static void take_over(object *o, change *change)
{
    object_networks *coming = change->coming, *old = object_newest(o);
    if (change->keeps != KEEPS_FILE) heed_controls(o, coming);
    /* what weights were gliding to is no goal of these */
    if (change->keeps != KEEPS_ALL) glide_swap(o, &change->glide);
    for (int c = 0; old && c < old->count && c < coming->count; ++c) {
        if (change->keeps == KEEPS_WEIGHTS) o->model->keep(coming->net[c], old->net[c]);
        if (change->keeps == KEEPS_ALL) o->model->copy(coming->net[c], old->net[c]);
    }
    if (change->keeps == KEEPS_ALL) heed(o, coming, change->which);
    if (!coming->fade)
        change->going = networks_drop(o, o->layered, NULL);
    else if (o->layered > 1 && (!old->faded || o->layered == OBJECT_LAYERS_MAX)) {
        old->next = NULL;
        change->going = old; /* of all that sound the least heard, or not yet */
        --o->layered;
    }
    o->layers[o->layered++] = coming;
}

static void run_change(object *o, object_task *task)
{
    change *c = (change *)task;
    memcpy(o->heeded, c->values, sizeof o->heeded);
    if (c->waiting)
        c->going = networks_drop(o, o->layered, NULL); /* silence, until they have made room */
    else if (c->coming && c->keeps == KEEPS_PLACE)
        take_place(o, c);
    else if (c->coming)
        take_over(o, c);
    else
        for (int l = 0; l < o->layered; ++l) heed(o, o->layers[l], c->which);
    c->coming = NULL;
}

static object_task *end_change(object *o, object_task *task)
{
    change *c = (change *)task;
    networks_free(c->going);
    c->going = NULL;
    if (c->waiting && task->done) {
        if (!c->read) c->keeps = KEEPS_NOTHING;
        c->coming = c->waiting;
        c->waiting = NULL;
        begin(o, c, c->coming);
        return task;
    }
    if (c->path && task->done) o->host->tell(o->owner, "read", 1, NULL, c->path);
    networks_free(c->coming);
    networks_free(c->waiting);
    glide_free(c->glide);
    if (c->read) state_free(c->read);
    free(c->read);
    free(c->path);
    free(c);
    return NULL;
}
