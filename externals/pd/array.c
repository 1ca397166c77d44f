#include "array.h"

#include <stdio.h>

/* declared in Pd's g_canvas.h */
EXTERN void gpointer_setarray(t_gpointer *pointer, t_array *array, t_word *word);

static const double period = 40.0; /* ms: 25 times a second */

static void tick(array *a);

void array_init(array *a, t_object *owner, object *object)
{
    a->owner = owner;
    a->object = object;
    a->clock = clock_new(a, (t_method)tick);
    gpointer_init(&a->pointer);
}

static void let_go(array *a)
{
    if (a->claim) pd_unbind(&a->owner->ob_pd, a->claim);
    clock_unset(a->clock);
    gpointer_unset(&a->pointer);
    drawn_free(&a->drawn);
    a->name = a->claim = NULL;
    a->array = NULL;
    a->met = a->old = 0;
    a->state = ARRAY_WELL;
}

void array_free(array *a)
{
    let_go(a);
    clock_free(a->clock);
}

static const char *name_of(const array *a)
{
    return class_getname(pd_class(&a->owner->ob_pd));
}

/* 0, or -1 after an error if another box has it */
static int claim(array *a, t_symbol *name)
{
    char text[MAXPDSTRING], *box;
    int length;
    snprintf(text, sizeof text, "specml-shows-%.900s", name->s_name);
    t_symbol *symbol = gensym(text);
    if (!symbol->s_thing) {
        pd_bind(&a->owner->ob_pd, symbol);
        a->claim = symbol;
        return 0;
    }
    binbuf_gettext(((t_object *)symbol->s_thing)->te_binbuf, &box, &length);
    pd_error(a->owner, "%s: array %s already shows the weights of [%.*s]", name_of(a), name->s_name,
             length, box);
    freebytes(box, (size_t)length);
    return -1;
}

void array_bind(array *a, t_symbol *name)
{
    let_go(a);
    if (!name || claim(a, name)) return;
    a->name = name;
    clock_delay(a->clock, 0);
}

/* each new trouble once */
static void tell(array *a, array_state state, int points)
{
    const char *owner = name_of(a), *name = a->name->s_name;
    const unsigned long count = (unsigned long)object_weights(a->object);
    if (state == a->state) return;
    a->state = state;
    if (state == ARRAY_MISSING)
        pd_error(a->owner, "%s: no array %s", owner, name);
    else if (state == ARRAY_SHORT)
        pd_error(a->owner, "%s: array %s has %d points, needs %lu", owner, name, points, count);
    else if (state == ARRAY_MEMORY)
        pd_error(a->owner, "%s: no memory to show %lu weights", owner, count);
}

/* 1 if the array is the one it was; else looks it up by its name: 0, or -1 if there is none */
static int find(array *a)
{
    if (a->array && a->bound == a->name->s_thing && gpointer_check(&a->pointer, 0)) return 1;
    gpointer_unset(&a->pointer);
    a->bound = a->name->s_thing;
    a->array = (t_garray *)pd_findbyclass(a->name, garray_class);
    return a->array ? 0 : -1;
}

/* its points, and 1; or 0, and there are none that can be shown */
static int open_array(array *a, drawn_array *points, int fresh)
{
    const object *o = a->object;
    const size_t count = object_weights(o);
    const int found = find(a), fixed = o->values[o->model->fixed] != 0.0;
    int had;
    t_word *words;
    if (found < 0) {
        tell(a, ARRAY_MISSING, 0);
        return 0;
    }
    if (!garray_getfloatwords(a->array, &had, &words)) { /* it holds no floats, and says so */
        let_go(a);
        return 0;
    }
    const int kept = (size_t)had == count || fixed || ((size_t)had > count && !fresh);
    if (!kept) garray_resize_long(a->array, (long)count);
    if (!kept && !garray_getfloatwords(a->array, &had, &words)) return 0;
    if (!kept || !found) gpointer_setarray(&a->pointer, garray_getarray(a->array), words);
    *points = (drawn_array){&words->w_float, sizeof *words, (size_t)had, PD_FLOATSIZE == 32};
    if (!found) drawn_meet(&a->drawn, points);
    tell(a, (size_t)had < count ? ARRAY_SHORT : a->drawn.lacks ? ARRAY_MEMORY : ARRAY_WELL, had);
    return (size_t)had >= count;
}

/* fresh: the weights have been replaced, so nothing in the array is a drawing */
static void look(array *a, int fresh)
{
    drawn_array points;
    if (!open_array(a, &points, fresh)) return;
    object_task *task = drawn_look(&a->drawn, a->object, &points, fresh);
    if (a->drawn.lacks) tell(a, ARRAY_MEMORY, 0);
    if (!task) return;
    object_run(a->object, task);
    object_end(a->object, task);
    if (drawn_show(&a->drawn, &points)) garray_redraw(a->array);
    a->met = 1;
}

static void tick(array *a)
{
    look(a, a->old && !a->met);
    if (a->name) clock_delay(a->clock, period);
}

void array_show(array *a)
{
    if (a->name && a->met) look(a, 1);
}

void array_outdate(array *a)
{
    a->old = 1;
}
