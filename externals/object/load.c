/* What a file or memory holds becomes an object's. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glide.h"
#include "state.h"

static void say_no_file(const object *o, const char *path, const char *why)
{
    char text[WORD_TEXT_MAX];
    snprintf(text, sizeof text, "cannot read %.500s: %.400s", path ? path : "what was kept", why);
    o->host->say(o->owner, OBJECT_ERROR, text);
}

const char *object_read_file(object *o, const char *message, int count, const word_given *given,
                             int *weights)
{
    char text[WORD_TEXT_MAX];
    const int more = count > 1;
    const int follows = more && weights && !given[1].is_number && !strcmp(given[1].text, "weights");
    if (weights) *weights = follows;
    if (count && *given->text && count <= 1 + follows) return given->text;
    snprintf(text, sizeof text, "%s must be the name of a file%s, not %.99s%s%.99s", message,
             weights ? ", and perhaps weights" : "", count ? given->text : WORD_NOTHING.text,
             more ? " " : "", more ? given[1 + (follows && count > 2)].text : "");
    o->host->say(o->owner, OBJECT_ERROR, text);
    return NULL;
}

/* ---- weights alone ---- */

typedef struct {
    object_task task;
    object_glide *glide; /* the one that comes, then the one that goes */
    char *path;
} taking;

static void run_taking(object *o, object_task *task)
{
    glide_begin(o, &((taking *)task)->glide);
}

static object_task *end_taking(object *o, object_task *task)
{
    taking *t = (taking *)task;
    if (task->done) o->host->tell(o->owner, "read", 1, NULL, t->path);
    glide_free(t->glide);
    free(t->path);
    free(t);
    return NULL;
}

static taking *prepare_taking(object *o, const state *s, const char *path)
{
    taking *t = object_task_new(sizeof *t, run_taking, end_taking);
    if (t) t->path = object_text(path);
    if (t) t->glide = glide_new(o->model, o->values, s->channels);
    if (t && t->path && t->glide) return t;
    if (t) end_taking(o, &t->task);
    return NULL;
}

static object_task *take_weights(object *o, const state *s, const char *path)
{
    char defect[DEFECT_MAX] = "no memory for its weights";
    taking *t = state_fits(s, o->values, defect) ? NULL : prepare_taking(o, s, path);
    if (!t) {
        say_no_file(o, path, defect);
        return NULL;
    }
    const size_t words = t->glide->t.learnt_words, each = s->heard ? t->glide->t.words : words;
    for (int c = 0; c < s->channels; ++c)
        memcpy(t->glide->target + (size_t)c * words, s->words + (size_t)c * each,
               words * sizeof *s->words);
    t->glide->steps = glide_steps(o, o->values[o->model->fade]);
    t->task.redraws = 1;
    o->glides = 1;
    return &t->task;
}

/* ---- all of it ---- */

static void warn_of_seed(const object *o, const char *path)
{
    char text[WORD_TEXT_MAX];
    snprintf(text, sizeof text, "the seed in %.600s is larger than 2^53: the next draw is another",
             path ? path : "what was kept");
    o->host->say(o->owner, OBJECT_WARNING, text);
}

/* The state is the task's, or freed. What counts only where a box is made stays as it was. */
static object_task *take_all(object *o, state *s, const char *path)
{
    double before[WORDS_MAX];
    const int made = o->made;
    memcpy(before, o->values, sizeof before);
    for (int k = 0; k < o->model->count; ++k)
        if (state_is_told(o->model, k)) o->values[k] = s->values[k];
    if (o->model->sources && s->channels > o->made) o->made = s->channels;
    const int seed_lost = s->seed_lost;
    object_task *task = change_load(o, s, path);
    if (!task) {
        memcpy(o->values, before, sizeof before);
        o->made = made;
    } else if (seed_lost)
        warn_of_seed(o, path);
    return task;
}

/* what could not be read */
static object_task *refuse(const object *o, state *s, const char *path, const char *defect)
{
    say_no_file(o, path, defect);
    free(s);
    return NULL;
}

object_task *object_load(object *o, const char *path, int weights)
{
    char defect[DEFECT_MAX] = "no memory for it";
    state *s = calloc(1, sizeof *s);
    if (!s || state_read_file(s, o->model, path, defect)) return refuse(o, s, path, defect);
    if (!weights) return take_all(o, s, path);
    object_task *task = take_weights(o, s, path);
    state_free(s);
    free(s);
    return task;
}

object_task *object_unpack(object *o, const unsigned char *bytes, size_t count)
{
    char defect[DEFECT_MAX] = "no memory for it";
    source from = {NULL, bytes, count};
    state *s = calloc(1, sizeof *s);
    if (!s || state_read(s, o->model, &from, defect)) return refuse(o, s, NULL, defect);
    return take_all(o, s, NULL);
}
