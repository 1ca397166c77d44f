/* What an object is, into a file or into memory. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "glide.h"
#include "state.h"

struct object_writing {
    state state;
    object_networks *copies;
    char *path;             /* NULL: it stays in memory */
    char why[FILE_WHY_MAX]; /* "" if all went well */
};

static void free_writing(object_writing *w)
{
    if (!w) return;
    networks_free(w->copies);
    state_free(&w->state);
    free(w->path);
    free(w);
}

static void say_no_file(const object *o, const char *path, const char *why)
{
    char text[WORD_TEXT_MAX];
    snprintf(text, sizeof text, "cannot write %.600s: %.300s", path ? path : "what is kept", why);
    o->host->say(o->owner, OBJECT_ERROR, text);
}

/* ---- a file ---- */

void object_writing_run(object_writing *w)
{
    size_t size;
    unsigned char *bytes = state_write(&w->state, &size);
    if (!bytes)
        snprintf(w->why, sizeof w->why, "no memory for its bytes");
    else
        file_write(w->path, bytes, size, w->why);
    free(bytes);
}

void object_writing_end(object *o, object_writing *w)
{
    if (*w->why)
        say_no_file(o, w->path, w->why);
    else
        o->host->tell(o->owner, "written", 1, NULL, w->path);
    free_writing(w);
}

/* ---- what the audio thread copies ---- */

typedef struct {
    object_task task;
    object_writing *writing;
    unsigned char **bytes; /* where they go that stay in memory */
    size_t *count;
} saving;

static void copy_glide(const object *o, state *s)
{
    const object_glide *g = o->glide;
    for (int c = 0; c < s->channels; ++c)
        memcpy(s->target + (size_t)c * g->t.learnt_words,
               g->target + (size_t)(c % g->channels) * g->t.learnt_words,
               g->t.learnt_words * sizeof *s->target);
    s->steps = g->steps;
    s->wait = g->wait;
}

static void run_saving(object *o, object_task *task)
{
    object_writing *w = ((saving *)task)->writing;
    const object_networks *newest = object_newest(o);
    for (int c = 0; newest && c < w->copies->count; ++c)
        o->model->copy(w->copies->net[c], newest->net[c % newest->count]);
    if (!newest) snprintf(w->why, sizeof w->why, "it has no network yet");
    if (w->state.target && o->glide && o->glide->steps) copy_glide(o, &w->state);
}

static void end_packing(const object *o, saving *s)
{
    *s->bytes = *s->writing->why ? NULL : state_write(&s->writing->state, s->count);
    if (!*s->bytes) say_no_file(o, NULL, *s->writing->why ? s->writing->why : "no memory");
    free_writing(s->writing);
}

static object_task *end_saving(object *o, object_task *task)
{
    saving *s = (saving *)task;
    object_writing *w = s->writing;
    if (!w->state.steps) { /* nothing glides */
        free(w->state.target);
        w->state.target = NULL;
    }
    if (!task->done)
        free_writing(w);
    else if (s->bytes)
        end_packing(o, s);
    else if (*w->why)
        object_writing_end(o, w);
    else if (o->host->aside)
        o->host->aside(o->owner, w);
    else {
        object_writing_run(w);
        object_writing_end(o, w);
    }
    free(s);
    return NULL;
}

/* Memory that is used for the first time takes time, so that is now: the networks' copies are
 * written over. */
static object_networks *make_copies(const object *o, int channels)
{
    object_networks *nets = networks_make(o, channels, 0);
    for (int c = 0; nets && c < channels; ++c)
        memset(nets->net[c], 1, nets->bytes / (size_t)channels);
    return nets;
}

static int fill(object *o, object_writing *w, const char *path, int heard)
{
    tensors t = {0};
    const int channels = object_voices(o);
    o->model->tensors(o->values, &t);
    w->copies = make_copies(o, channels);
    w->path = object_text(path);
    w->state = (state){.model = o->model,
                       .samplerate = o->samplerate,
                       .channels = channels,
                       .heard = heard,
                       .net = w->copies};
    memcpy(w->state.values, o->values, sizeof w->state.values);
    if (o->glides)
        w->state.target = malloc((size_t)channels * t.learnt_words * sizeof *w->state.target);
    return !w->copies || (path && !w->path) || (o->glides && !w->state.target) ||
           snapshots_copy(&w->state.snapshots, &o->snapshots);
}

static int is_too_large(const object *o, const char *path)
{
    char why[FILE_WHY_MAX];
    const double bytes = (double)o->model->bytes(o->values) * object_voices(o);
    if (!o->sounding || bytes <= OBJECT_SAVED_MAX) return 0;
    snprintf(why, sizeof why,
             "%.0f MB cannot be copied while it sounds, at most %d: switch sound off for it",
             bytes * 1e-6, OBJECT_SAVED_MAX / 1000000);
    say_no_file(o, path, why);
    return 1;
}

/* snapshots of another shape have no place in the file */
static void warn_of_others(const object *o, const char *path)
{
    char text[WORD_TEXT_MAX];
    int others = 0;
    for (int k = 0; k < o->snapshots.count; ++k)
        others += !state_same_shape(o->model, o->values, o->snapshots.list[k]->values);
    if (!others) return;
    snprintf(text, sizeof text, "%d of %d snapshots are of another shape and not in %.600s", others,
             o->snapshots.count, path ? path : "what is kept");
    o->host->say(o->owner, OBJECT_WARNING, text);
}

static saving *prepare(object *o, const char *path, int heard)
{
    if (is_too_large(o, path)) return NULL;
    saving *s = object_task_new(sizeof *s, run_saving, end_saving);
    if (s) s->writing = calloc(1, sizeof *s->writing);
    if (!s || !s->writing || fill(o, s->writing, path, heard)) {
        say_no_file(o, path, "no memory for a copy");
        if (s) free_writing(s->writing);
        free(s);
        return NULL;
    }
    warn_of_others(o, path);
    return s;
}

object_task *object_save(object *o, const char *path)
{
    saving *s = prepare(o, path, 1);
    return s ? &s->task : NULL;
}

object_task *object_pack(object *o, unsigned char **bytes, size_t *count)
{
    saving *s = prepare(o, NULL, 0);
    *bytes = NULL;
    if (!s) return NULL;
    s->bytes = bytes;
    s->count = count;
    return &s->task;
}
