/* What an object says about itself. What it says may set off another message to it, so each fact is
 * read before it is told. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object.h"

/* ---- facts ---- */

typedef struct {
    object_task task;
    size_t room, count; /* weights */
    double *weights;
    const char *table;
    int metered;
    object_mean *means; /* (metered, errors) */
    double now[WORDS_MAX], clipped, busy, sounded, bytes;
} facts;

static void run_facts(object *o, object_task *task)
{
    facts *f = (facts *)task;
    const object_networks *newest = object_newest(o);
    const int errors = o->model->errors;
    f->count = object_get_weights(o, f->room, f->weights);
    if (!newest) return;
    for (int k = 0; k < o->model->controls; ++k) f->now[k] = o->model->now(newest->net[0], k);
    for (int c = 0; c < o->channels && c < newest->count; ++c)
        f->clipped += (double)o->model->clipped(newest->net[c]);
    for (int k = 0; k < f->metered * errors && k < o->channels * errors; ++k) {
        f->means[k] = o->means[k];
        o->means[k] = (object_mean){0};
    }
    if (f->metered > o->channels) f->metered = o->channels;
    for (int l = 0; l < o->layered; ++l) f->bytes += (double)o->layers[l]->bytes;
    f->busy = o->busy;
    f->sounded = o->sounded;
    o->busy = o->sounded = 0.0;
}

static void free_facts(facts *f)
{
    free(f->weights);
    free(f->means);
    free(f);
}

static facts *prepare_facts(object *o, object_task *(*end)(object *, object_task *))
{
    facts *f = object_task_new(sizeof *f, run_facts, end);
    if (!f) return NULL;
    f->room = object_weights(o);
    f->weights = calloc(f->room, sizeof *f->weights);
    if (f->weights) return f;
    free_facts(f);
    return NULL;
}

static void tell_number(const object *o, const char *name, double number)
{
    o->host->tell(o->owner, name, 1, &number, NULL);
}

static void tell_word(const object *o, int which, double value)
{
    const word *w = &o->model->words[which];
    const double high = o->model->high(o->values, which);
    if (value > high) value = high;
    if (w->kind == WORD_CHOICE)
        o->host->tell(o->owner, w->is->name, 1, NULL, w->choices[(int)value]);
    else
        tell_number(o, w->is->name, value);
}

/* 1 if it can be told, and told again */
static int is_setting(const object *o, int which)
{
    const word_effect effect = o->model->words[which].effect;
    return effect != WORD_PRESETS && effect != WORD_BOX_ONLY;
}

static void tell_range(const object *o, const facts *f)
{
    double range[2] = {f->weights[0], f->weights[0]};
    for (size_t i = 1; i < f->count; ++i) {
        range[0] = f->weights[i] < range[0] ? f->weights[i] : range[0];
        range[1] = f->weights[i] > range[1] ? f->weights[i] : range[1];
    }
    o->host->tell(o->owner, "range", 2, range, NULL);
}

static object_task *end_report(object *o, object_task *task)
{
    facts *f = (facts *)task;
    const object_model *m = o->model;
    if (task->done && f->count) {
        for (int k = 0; k < m->count; ++k)
            if (is_setting(o, k)) tell_word(o, k, k < m->controls ? f->now[k] : o->values[k]);
        if (m->sources) tell_number(o, "channels", o->wide);
        tell_range(o, f);
        tell_number(o, "weights", (double)f->count);
        if (f->table) o->host->tell(o->owner, "table", 1, NULL, f->table);
        tell_number(o, "clipped", f->clipped);
        for (int k = 0; k < f->metered * m->errors; ++k) /* 0 if nothing has sounded */
            tell_number(o, "mse",
                        f->means[k].samples > 0.0 ? f->means[k].sum / f->means[k].samples : 0.0);
        tell_number(o, "load", f->sounded > 0.0 ? f->busy * o->samplerate / f->sounded : 0.0);
        tell_number(o, "bytes", f->bytes + (double)o->room);
    }
    free_facts(f);
    return NULL;
}

object_task *object_report(object *o, const char *table)
{
    facts *f = prepare_facts(o, end_report);
    if (!f) return NULL;
    f->table = table;
    f->metered = o->metered;
    f->means = calloc((size_t)(o->metered * o->model->errors) + 1, sizeof *f->means);
    if (f->means) return &f->task;
    free_facts(f);
    return NULL;
}

static object_task *end_weights(object *o, object_task *task)
{
    facts *f = (facts *)task;
    if (task->done) o->host->tell(o->owner, NULL, f->count, f->weights, NULL);
    free_facts(f);
    return NULL;
}

object_task *object_tell_weights(object *o)
{
    facts *f = prepare_facts(o, end_weights);
    return f ? &f->task : NULL;
}

/* ---- what it was told ---- */

void object_get(object *o, const word_given *name)
{
    const int which = word_find(o->model->words, o->model->count, name->text);
    if (which >= 0 && !name->is_number) {
        tell_word(o, which, o->values[which]);
        return;
    }
    char names[WORD_TEXT_MAX] = "", text[WORD_TEXT_MAX];
    word_append_names(names, o->model->words, o->model->count);
    snprintf(text, sizeof text, "get must be one of%.800s, not %.99s", names, name->text);
    o->host->say(o->owner, OBJECT_ERROR, text);
}

/* Sent back in this order they make what they were told of: a size before the draw. */
void object_dump(object *o)
{
    static const word_effect order[] = {WORD_REBUILDS, WORD_CHANGES, WORD_AT_RESET,
                                        WORD_REDRAWS,  WORD_MOVES,   WORD_AT_ONCE};
    for (size_t i = 0; i < sizeof order / sizeof *order; ++i)
        for (int k = 0; k < o->model->count; ++k)
            if (o->model->words[k].effect == order[i]) tell_word(o, k, o->values[k]);
}
