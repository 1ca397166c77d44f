/* The weights of an object, which it may be told. */
#include <stdio.h>
#include <stdlib.h>

#include "object.h"

int object_voices(const object *o)
{
    return o->wide < o->made ? o->wide : o->made;
}

size_t object_weights(const object *o)
{
    return o->each * (size_t)object_voices(o);
}

/* of one network */
static size_t each(const object *o)
{
    return o->layered ? o->model->count_weights(object_newest(o)->net[0]) : 0;
}

/* of the channels that sound, one after the other */
static size_t count_all(const object *o)
{
    if (!o->layered) return 0;
    const int made = object_newest(o)->count, channels = o->channels ? o->channels : 1;
    return each(o) * (size_t)(channels < made ? channels : made);
}

size_t object_get_weights(const object *o, size_t room, double *weights)
{
    const size_t all = count_all(o), one = each(o);
    size_t got = 0;
    for (size_t c = 0; got < all && got + one <= room; ++c, got += one)
        o->model->get_weights(object_newest(o)->net[c], weights + got);
    return got;
}

int object_set_weight(object *o, size_t index, double value)
{
    if (index >= count_all(o)) return -1;
    return o->model->set_weight(object_newest(o)->net[index / each(o)], index % each(o), value);
}

/* ---- weights that it is told ---- */

typedef struct {
    object_task task;
    size_t first, count, room;
    double *numbers; /* (count,) */
    double *before;  /* (room,) all weights */
    size_t wrong;    /* the first that cannot be, or count */
} setting;

/* 0 where there is no weight is no change: all that is told can be sent back */
static void run_setting(object *o, object_task *task)
{
    setting *s = (setting *)task;
    const size_t had = object_get_weights(o, s->room, s->before);
    for (s->wrong = 0; s->wrong < s->count; ++s->wrong) {
        const size_t index = s->first + s->wrong;
        if (index >= had) break;
        if (object_set_weight(o, index, s->numbers[s->wrong]) &&
            s->numbers[s->wrong] != s->before[index])
            break;
    }
    for (size_t k = 0; s->wrong < s->count && k < s->wrong; ++k)
        object_set_weight(o, s->first + k, s->before[s->first + k]);
}

static void say_no_weight(object *o, size_t index, const char *given)
{
    char text[WORD_TEXT_MAX];
    snprintf(text, sizeof text,
             "weight %lu cannot be %.99s: there are %lu, finite and of a size that is kept",
             (unsigned long)index, given, (unsigned long)object_weights(o));
    o->host->say(o->owner, OBJECT_ERROR, text);
}

static object_task *end_setting(object *o, object_task *task)
{
    setting *s = (setting *)task;
    char number[32];
    if (task->done && s->wrong < s->count) {
        snprintf(number, sizeof number, "%g", s->numbers[s->wrong]);
        say_no_weight(o, s->first + s->wrong, number);
    }
    free(s->numbers);
    free(s->before);
    free(s);
    return NULL;
}

/* numbers that begin at an index; NULL after an error */
static setting *prepare_setting(object *o, size_t first, size_t count)
{
    setting *s = object_task_new(sizeof *s, run_setting, end_setting);
    if (!s) return NULL;
    s->first = first;
    s->count = count;
    s->room = object_weights(o);
    s->numbers = calloc(count, sizeof *s->numbers);
    s->before = calloc(s->room, sizeof *s->before);
    if (s->numbers && s->before) return s;
    object_end(o, &s->task);
    return NULL;
}

object_task *object_set_weights(object *o, int count, const word_given *given)
{
    char text[WORD_TEXT_MAX];
    const size_t weights = object_weights(o);
    const double first = count && given->is_number ? given->number : -1.0;
    const size_t index = first >= 0.0 && first < (double)weights ? (size_t)first : weights;
    if (index == weights || (double)index != first || count < 2) {
        snprintf(text, sizeof text,
                 "weights must be an index within 0..%lu and numbers, not %.99s%s",
                 (unsigned long)weights - 1, count ? given->text : WORD_NOTHING.text,
                 count == 1 ? " alone" : "");
        o->host->say(o->owner, OBJECT_ERROR, text);
        return NULL;
    }
    const size_t numbers = (size_t)count - 1;
    setting *s = prepare_setting(o, index, numbers);
    for (size_t k = 0; s && k < numbers; ++k) {
        s->numbers[k] = given[1 + k].number;
        if (given[1 + k].is_number && index + k < weights) continue;
        say_no_weight(o, index + k, given[1 + k].text);
        object_end(o, &s->task);
        return NULL;
    }
    return s ? &s->task : NULL;
}
