#include "table.h"

#include <float.h>
#include <string.h>

#include "settings.h"

/* declared in Pd's g_canvas.h */
EXTERN void gpointer_setarray(t_gpointer *pointer, t_array *array, t_word *word);

static const double period = 40.0; /* ms: 25 times a second */

static void tick(table *t);

void table_init(table *t, t_object *owner, const table_model *model)
{
    t->owner = owner;
    t->model = model;
    t->clock = clock_new(t, (t_method)tick);
    gpointer_init(&t->pointer);
}

static void forget(table *t)
{
    if (t->count) {
        freebytes(t->weights, t->count * sizeof *t->weights);
        freebytes(t->published, t->count * sizeof *t->published);
    }
    t->count = 0;
    gpointer_unset(&t->pointer);
    t->array = NULL;
}

void table_free(table *t)
{
    forget(t);
    clock_free(t->clock);
}

void table_bind(table *t, t_symbol *name)
{
    forget(t);
    t->name = name;
    t->state = TABLE_WELL;
    clock_unset(t->clock);
    if (!name) return;
    if (pd_findbyclass(name, garray_class))
        tick(t);
    else
        clock_delay(t->clock, 0); /* while a patch loads, its arrays may come later */
}

/* each new trouble once */
static void tell(table *t, table_state state, int points, size_t count)
{
    const char *owner = class_getname(pd_class(&t->owner->ob_pd)), *name = t->name->s_name;
    if (state == t->state) return;
    t->state = state;
    if (state == TABLE_MISSING)
        pd_error(t->owner, "%s: no array %s", owner, name);
    else if (state == TABLE_SHORT)
        pd_error(t->owner, "%s: array %s has %d points, needs %lu", owner, name, points,
                 (unsigned long)count);
    else if (state == TABLE_MEMORY)
        pd_error(t->owner, "%s: no memory to show %lu weights", owner, (unsigned long)count);
}

/* 1 if the array is the one it was; else looks it up by its name: 0, or -1 if there is none */
static int find(table *t)
{
    if (t->array && t->bound == t->name->s_thing && gpointer_check(&t->pointer, 0)) return 1;
    gpointer_unset(&t->pointer);
    t->bound = t->name->s_thing;
    t->array = (t_garray *)pd_findbyclass(t->name, garray_class);
    return t->array ? 0 : -1;
}

/* memory for so many weights */
static int make_room(table *t, size_t count)
{
    if (count == t->count) return 0;
    double *weights = getbytes(count * sizeof *weights);
    t_float *published = getbytes(count * sizeof *published);
    if (!weights || !published) {
        if (weights) freebytes(weights, count * sizeof *weights);
        if (published) freebytes(published, count * sizeof *published);
        return -1;
    }
    forget(t);
    t->weights = weights;
    t->published = published;
    t->count = count;
    return 0;
}

static t_float rounded(double weight)
{
    const double max = PD_FLOATSIZE == 32 ? (double)FLT_MAX : DBL_MAX;
    return (t_float)(weight > max ? max : weight < -max ? -max : weight);
}

/* bit by bit: a NaN that someone wrote is one change, not one every time */
static int differs(t_float a, t_float b)
{
    return memcmp(&a, &b, sizeof a) != 0;
}

static void take_in(table *t, const t_word *words)
{
    for (size_t i = 0; i < t->count; ++i)
        if (differs(words[i].w_float, t->published[i]))
            t->model->set(t->owner, i, (double)words[i].w_float);
}

static void publish(table *t, t_word *words)
{
    int changed = 0;
    t->model->get(t->owner, t->weights);
    for (size_t i = 0; i < t->count; ++i) {
        t->published[i] = rounded(t->weights[i]);
        changed |= differs(words[i].w_float, t->published[i]);
        words[i].w_float = t->published[i];
    }
    if (changed) garray_redraw(t->array);
}

/* Looks at the array; drawn: whether changes in it are drawings. */
static void look(table *t, int drawn)
{
    int points;
    t_word *words;
    const size_t count = t->model->count(t->owner);
    if (make_room(t, count)) {
        tell(t, TABLE_MEMORY, 0, count);
        return;
    }
    const int found = find(t);
    if (found < 0) {
        tell(t, TABLE_MISSING, 0, count);
        return;
    }
    if (!garray_getfloatwords(t->array, &points, &words)) { /* it holds no floats, and says so */
        table_bind(t, NULL);
        return;
    }
    if (!found) gpointer_setarray(&t->pointer, garray_getarray(t->array), words);
    if ((size_t)points < count) {
        tell(t, TABLE_SHORT, points, count);
        return;
    }
    if (drawn && found) take_in(t, words);
    publish(t, words);
    t->state = TABLE_WELL;
}

static void tick(table *t)
{
    look(t, 1);
    if (t->name) clock_delay(t->clock, period);
}

void table_message(table *t, int argc, const t_atom *argv)
{
    t_symbol *name = argc ? settings_read_table(t->owner, argc, argv) : NULL;
    if (name || !argc) table_bind(t, name);
}

void table_show(table *t)
{
    if (t->name) look(t, 0);
}
