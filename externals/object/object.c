#include "object.h"

#include <stdlib.h>
#include <string.h>

#include "glide.h"

/* ---- tasks ---- */

void *object_task_new(size_t size, void (*run)(object *, object_task *),
                      object_task *(*end)(object *, object_task *))
{
    object_task *task = calloc(1, size);
    if (!task) return NULL;
    task->run = run;
    task->end = end;
    return task;
}

char *object_text(const char *text)
{
    const size_t size = text ? strlen(text) + 1 : 0;
    char *copy = text ? malloc(size) : NULL;
    if (copy) memcpy(copy, text, size);
    return copy;
}

void object_run(object *o, object_task *task)
{
    task->run(o, task);
    task->done = 1;
}

object_task *object_end(object *o, object_task *task)
{
    return task->end(o, task);
}

void object_collect(object *o)
{
    networks_free(atomic_exchange(&o->faded, NULL));
}

int object_read(object *o, int which, double high, const word_given *given)
{
    char refusal[WORD_TEXT_MAX];
    if (high > o->host->integer_max) high = o->host->integer_max;
    if (word_read(&o->model->words[which], high, given, &o->values[which], refusal)) return 1;
    o->host->say(o->owner, OBJECT_ERROR, refusal);
    return 0;
}

/* ---- life ---- */

void object_initial(const object_model *model, double *values)
{
    for (int k = 0; k < model->count; ++k) values[k] = model->words[k].is->initial;
    if (model->follow) model->follow(values, -1);
}

void object_init(object *o, const object_model *model, const object_host *host, void *owner,
                 double samplerate)
{
    memset(o, 0, sizeof *o);
    o->model = model;
    o->host = host;
    o->owner = owner;
    o->samplerate = samplerate >= 1.0 && samplerate <= 1e6 ? samplerate : 48000.0;
    o->wide = 1;
    object_initial(model, o->values);
}

void object_exit(object *o)
{
    networks_free(networks_drop(o, o->layered, NULL));
    object_collect(o);
    snapshots_free(&o->snapshots);
    glide_free(o->glide);
    free(o->memory);
    free(o->means);
}
