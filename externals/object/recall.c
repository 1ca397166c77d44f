/* What an object is told of snapshots: to store, recall and mix what was learnt. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glide.h"
#include "state.h"

static const double longest = 1e6; /* ms */

static void say(const object *o, const char *text)
{
    o->host->say(o->owner, OBJECT_ERROR, text);
}

/* ---- names ---- */

/* the k-th thing that was given */
static const word_given *at(int count, const word_given *given, int k)
{
    return k < count ? &given[k] : &WORD_NOTHING;
}

/* the snapshot that is named there, or NULL after an error */
static snapshot *find(const object *o, const char *message, const word_given *name)
{
    char names[WORD_TEXT_MAX] = "", text[WORD_TEXT_MAX];
    snapshot *found = snapshots_find(&o->snapshots, name->text);
    if (found && state_same_shape(o->model, o->values, found->values)) return found;
    if (found) {
        char its[WORD_TEXT_MAX], ours[WORD_TEXT_MAX];
        o->model->shape(found->values, its);
        o->model->shape(o->values, ours);
        snprintf(text, sizeof text, "snapshot %.70s is of %.300s; this is of %.300s", found->name,
                 its, ours);
    } else {
        for (int k = 0; k < o->snapshots.count; ++k) word_append(names, o->snapshots.list[k]->name);
        snprintf(text, sizeof text, "%s must be the name of a snapshot, not %.99s; there %s%.700s",
                 message, name->text, o->snapshots.count ? "are" : "is none yet", names);
    }
    say(o, text);
    return NULL;
}

/* 0, or -1 after an error; a number that may be left out is then as it was */
static int read_number(const object *o, const char *what, const word_given *given, double high,
                       int may_lack, double *number)
{
    char text[WORD_TEXT_MAX];
    if (may_lack && given == &WORD_NOTHING) return 0;
    if (given->is_number && given->number >= 0.0 && given->number <= high) {
        *number = given->number;
        return 0;
    }
    snprintf(text, sizeof text, "%s must be a number within 0..%g, not %.99s", what, high,
             given->text);
    say(o, text);
    return -1;
}

/* ---- store ---- */

typedef struct {
    object_task task;
    snapshot *made;
    size_t words; /* of a channel */
} storing;

static void run_storing(object *o, object_task *task)
{
    storing *s = (storing *)task;
    const object_networks *newest = object_newest(o);
    for (int c = 0; newest && c < newest->count && c < s->made->channels; ++c)
        o->model->take(newest->net[c], s->made->words + (size_t)c * s->words, 0);
}

static object_task *end_storing(object *o, object_task *task)
{
    (void)o;
    snapshot_release(((storing *)task)->made);
    free(task);
    return NULL;
}

/* It is there at once, for messages that follow, and gets its words when it is their turn. */
object_task *object_store(object *o, int count, const word_given *given)
{
    char text[WORD_TEXT_MAX];
    const char *name = at(count, given, 0)->text;
    if (!count || snapshot_check_name(name)) {
        snprintf(text, sizeof text,
                 "store must be a name of at most %d bytes without control characters, not %.99s",
                 SNAPSHOT_NAME_MAX, name);
        say(o, text);
        return NULL;
    }
    const int full = o->snapshots.count >= SNAPSHOTS_MAX && !snapshots_find(&o->snapshots, name);
    tensors t = {0};
    o->model->tensors(o->values, &t);
    storing *s = full ? NULL : object_task_new(sizeof *s, run_storing, end_storing);
    snapshot *made = s ? snapshot_new(o->model, name, o->values, object_voices(o)) : NULL;
    if (!made || snapshots_add(&o->snapshots, made)) {
        snprintf(text, sizeof text,
                 full ? "there are %d snapshots already: forget one" : "no memory for a snapshot",
                 SNAPSHOTS_MAX);
        say(o, text);
        free(made);
        free(s);
        return NULL;
    }
    atomic_fetch_add(&made->hands, 1);
    s->made = made;
    s->words = t.learnt_words;
    return &s->task;
}

/* ---- recall, morph ---- */

typedef struct {
    object_task task;
    object_glide *glide; /* the one that comes, then the one that goes */
    snapshot *from, *to;
    double share; /* of the second */
} recalling;

/* what lies between two, channel by channel */
static void mix(object_glide *g, const snapshot *a, const snapshot *b, double share)
{
    const size_t words = g->t.learnt_words;
    for (int c = 0; c < g->channels; ++c)
        words_between(&g->t, g->target + (size_t)c * words,
                      a->words + (size_t)(c % a->channels) * words,
                      b->words + (size_t)(c % b->channels) * words, share);
}

static void run_recalling(object *o, object_task *task)
{
    recalling *r = (recalling *)task;
    mix(r->glide, r->from, r->to, r->share);
    glide_begin(o, &r->glide);
}

static object_task *end_recalling(object *o, object_task *task)
{
    (void)o;
    recalling *r = (recalling *)task;
    glide_free(r->glide);
    snapshot_release(r->from);
    snapshot_release(r->to);
    free(r);
    return NULL;
}

static object_task *prepare(object *o, snapshot *a, snapshot *b, double share, double ms)
{
    const int channels = a->channels > b->channels ? a->channels : b->channels;
    recalling *r = object_task_new(sizeof *r, run_recalling, end_recalling);
    if (r) r->glide = glide_new(o->model, o->values, channels);
    if (!r || !r->glide) {
        free(r);
        say(o, "no memory for what a glide needs");
        return NULL;
    }
    r->glide->steps = glide_steps(o, ms);
    r->task.redraws = 1;
    r->share = share;
    r->from = a;
    r->to = b;
    atomic_fetch_add(&a->hands, 1);
    atomic_fetch_add(&b->hands, 1);
    o->glides = 1;
    return &r->task;
}

object_task *object_recall(object *o, int count, const word_given *given)
{
    double ms = o->values[o->model->fade];
    snapshot *found = find(o, "recall", at(count, given, 0));
    if (!found || read_number(o, "ms of recall", at(count, given, 1), longest, 1, &ms)) return NULL;
    return prepare(o, found, found, 0.0, ms);
}

object_task *object_morph(object *o, int count, const word_given *given)
{
    double ms = o->values[o->model->fade], share = 0.0;
    snapshot *a = find(o, "morph", at(count, given, 0));
    snapshot *b = a ? find(o, "morph", at(count, given, 1)) : NULL;
    if (!b || read_number(o, "x of morph", at(count, given, 2), 1.0, 0, &share) ||
        read_number(o, "ms of morph", at(count, given, 3), longest, 1, &ms))
        return NULL;
    return prepare(o, a, b, share, ms);
}

/* ---- the list ---- */

/* What it says may set off another message, so the names are read before they are told. */
void object_snapshots(object *o)
{
    snapshots told;
    if (snapshots_copy(&told, &o->snapshots)) return;
    const double number = told.count;
    o->host->tell(o->owner, "snapshots", 1, &number, NULL);
    for (int k = 0; k < told.count; ++k)
        o->host->tell(o->owner, "snapshot", 1, NULL, told.list[k]->name);
    snapshots_free(&told);
}

void object_forget(object *o, int count, const word_given *given)
{
    const char *name = at(count, given, 0)->text;
    if (snapshots_find(&o->snapshots, name))
        snapshots_remove(&o->snapshots, name);
    else
        find(o, "forget", at(count, given, 0));
}
