/* What an object says about itself. What it says may set off another message to it, so each fact is
 * read before it is told. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object.h"

/* ---- weights ---- */

/* of one network */
static size_t each(const object *o)
{
    return o->model->count_weights(object_newest(o)->net[0]);
}

size_t object_weights(const object *o)
{
    if (!o->layered) return 0;
    const int channels =
        o->channels < object_newest(o)->count ? o->channels : object_newest(o)->count;
    return each(o) * (size_t)(channels ? channels : 1);
}

void object_get_weights(const object *o, double *weights)
{
    const size_t count = object_weights(o), one = count ? each(o) : 1;
    for (size_t c = 0; c < count / one; ++c)
        o->model->get_weights(object_newest(o)->net[c], weights + c * one);
}

int object_set_weight(object *o, size_t index, double value)
{
    if (index >= object_weights(o)) return -1;
    return o->model->set_weight(object_newest(o)->net[index / each(o)], index % each(o), value);
}

/* a copy to be freed; NULL if memory is short */
static double *copied_weights(const object *o)
{
    double *weights = malloc(object_weights(o) * sizeof *weights);
    if (weights) object_get_weights(o, weights);
    return weights;
}

/* 0 where there is no weight is no change: all that is told can be sent back */
static int take_weight(object *o, size_t index, const word_given *given, const double *before)
{
    if (!given->is_number || index >= object_weights(o)) return -1;
    return object_set_weight(o, index, given->number) && given->number != before[index] ? -1 : 0;
}

int object_set_weights(object *o, int count, const word_given *given)
{
    char text[WORD_TEXT_MAX];
    const size_t weights = object_weights(o);
    const double first = count && given->is_number ? given->number : -1.0;
    const size_t index = first >= 0.0 && first < (double)weights ? (size_t)first : weights;
    size_t wrong = 0;
    if (index == weights || (double)index != first || count < 2) {
        snprintf(text, sizeof text,
                 "weights must be an index within 0..%lu and numbers, not %.99s%s",
                 (unsigned long)weights - 1, count ? given->text : WORD_NOTHING.text,
                 count == 1 ? " alone" : "");
        o->say(o->owner, OBJECT_ERROR, text);
        return -1;
    }
    const size_t numbers = (size_t)count - 1;
    double *before = copied_weights(o);
    if (!before) return -1;
    while (wrong < numbers && !take_weight(o, index + wrong, given + 1 + wrong, before)) ++wrong;
    if (wrong < numbers) {
        for (size_t k = 0; k < wrong; ++k) object_set_weight(o, index + k, before[index + k]);
        snprintf(text, sizeof text,
                 "weight %lu cannot be %.99s: there are %lu, finite and of a size that is kept",
                 (unsigned long)(index + wrong), given[1 + wrong].text, (unsigned long)weights);
        o->say(o->owner, OBJECT_ERROR, text);
    }
    free(before);
    return wrong < numbers ? -1 : 0;
}

void object_tell_weights(object *o, object_tell *tell)
{
    double *weights = copied_weights(o);
    if (!weights) return;
    tell(o->owner, NULL, object_weights(o), weights, NULL);
    free(weights);
}

/* ---- facts ---- */

static void tell_number(object *o, object_tell *tell, const char *name, double number)
{
    tell(o->owner, name, 1, &number, NULL);
}

static void tell_word(object *o, object_tell *tell, int which, double value)
{
    const word *w = &o->model->words[which];
    const double high = o->model->high(o->values, which);
    if (value > high) value = high;
    if (w->kind == WORD_CHOICE)
        tell(o->owner, w->is->name, 1, NULL, w->choices[(int)value]);
    else
        tell_number(o, tell, w->is->name, value);
}

/* 1 if it can be told, and told again */
static int is_setting(const object *o, int which)
{
    const word_effect effect = o->model->words[which].effect;
    return effect != WORD_PRESETS && effect != WORD_BOX_ONLY;
}

static void tell_range(object *o, object_tell *tell)
{
    const size_t count = object_weights(o);
    double *weights = copied_weights(o), range[2];
    if (!weights) return;
    range[0] = range[1] = weights[0];
    for (size_t i = 1; i < count; ++i) {
        range[0] = weights[i] < range[0] ? weights[i] : range[0];
        range[1] = weights[i] > range[1] ? weights[i] : range[1];
    }
    free(weights);
    tell(o->owner, "range", 2, range, NULL);
}

static double clipped(const object *o)
{
    double sum = 0.0;
    for (int c = 0; c < o->channels && c < object_newest(o)->count; ++c)
        sum += (double)o->model->clipped(object_newest(o)->net[c]);
    return sum;
}

static double bytes(const object *o)
{
    double sum = (double)o->bytes;
    for (int l = 0; l < o->layered; ++l) sum += (double)o->layers[l]->bytes;
    return sum;
}

/* one for each error of each channel, 0 if nothing has sounded, and begins anew */
static void tell_means(object *o, object_tell *tell)
{
    for (int k = 0; k < o->channels * o->model->errors && k < o->metered * o->model->errors; ++k) {
        const object_mean mean = o->means[k];
        o->means[k] = (object_mean){0};
        tell_number(o, tell, "mse", mean.samples > 0.0 ? mean.sum / mean.samples : 0.0);
    }
}

void object_report(object *o, object_tell *tell, const char *table)
{
    for (int k = 0; k < o->model->count; ++k)
        if (is_setting(o, k))
            tell_word(o, tell, k,
                      k < o->model->controls ? o->model->now(object_newest(o)->net[0], k)
                                             : o->values[k]);
    if (o->model->sources) tell_number(o, tell, "channels", o->channels ? o->channels : 1);
    tell_range(o, tell);
    tell_number(o, tell, "weights", (double)object_weights(o));
    if (table) tell(o->owner, "table", 1, NULL, table);
    tell_number(o, tell, "clipped", clipped(o));
    tell_means(o, tell);
    const double load = o->sounded > 0.0 ? o->busy / o->sounded : 0.0;
    o->busy = o->sounded = 0.0;
    tell_number(o, tell, "load", load);
    tell_number(o, tell, "bytes", bytes(o));
}

void object_get(object *o, const word_given *name, object_tell *tell)
{
    const int which = word_find(o->model->words, o->model->count, name->text);
    if (which >= 0 && !name->is_number) {
        tell_word(o, tell, which, o->values[which]);
        return;
    }
    char names[WORD_TEXT_MAX] = "", text[WORD_TEXT_MAX];
    word_append_names(names, o->model->words, o->model->count);
    snprintf(text, sizeof text, "get must be one of%.800s, not %.99s", names, name->text);
    o->say(o->owner, OBJECT_ERROR, text);
}

/* Sent back in this order they make what they were told of: a size before the draw. */
void object_dump(object *o, object_tell *tell)
{
    static const word_effect order[] = {WORD_REBUILDS, WORD_CHANGES, WORD_AT_RESET,
                                        WORD_REDRAWS,  WORD_MOVES,   WORD_AT_ONCE};
    for (size_t i = 0; i < sizeof order / sizeof *order; ++i)
        for (int k = 0; k < o->model->count; ++k)
            if (o->model->words[k].effect == order[i]) tell_word(o, tell, k, o->values[k]);
}
