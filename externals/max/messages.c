/* What a box is told, and what it says. Every word is an attribute (attributes.c), and so a
 * message; all of them are heard here, on the main thread. */
#include <limits.h>
#include <string.h>

#include "box.h"
#include "files.h"
#include "snapshots.h"

static void say(void *owner, object_level level, const char *text)
{
    if (level == OBJECT_ERROR)
        object_error(owner, "%s", text);
    else
        object_warn(owner, "%s", text);
}

static void tell(void *owner, const char *name, size_t count, const double *numbers,
                 const char *symbol)
{
    if (atoms_tell(((box *)owner)->info, name, count, numbers, symbol))
        object_error(owner, "%lu numbers are too many for a list, which holds %d",
                     (unsigned long)count, SHRT_MAX);
}

const object_host box_host = {say, tell, NULL, WORD_INTEGER_MAX, '@'};

/* ---- what it is told ---- */

static void box_word(box *x, int which, const atoms *given)
{
    object *o = &x->object;
    const int width = object_width(o);
    if (attributes_is_read_only(o->model, which)) {
        object_error(&x->max.z_ob, "%s counts where the box is made, not later",
                     o->model->words[which].is->name);
        return;
    }
    box_do_all(x, object_set(o, which, given->count, given->words), width);
}

static void box_reset(box *x, const atoms *given)
{
    (void)given;
    box_do(x, object_reset(&x->object));
}

static void box_clear(box *x, const atoms *given)
{
    (void)given;
    box_do(x, object_clear(&x->object));
}

static void box_bang(box *x, const atoms *given)
{
    (void)given;
    if (x->object.model->bang) box_do(x, object_bang(&x->object));
}

static void box_table(box *x, const atoms *given)
{
    const char *name = given->count ? object_read_table(&x->object, given->words) : "";
    if (!name) return;
    buffer_bind(&x->buffer, *name ? gensym(name) : NULL);
    object_attr_touch(&x->max.z_ob, gensym("table"));
    box_wake(x);
}

static void box_weights(box *x, const atoms *given)
{
    box_do(x, given->count ? object_set_weights(&x->object, given->count, given->words)
                           : object_tell_weights(&x->object));
}

static void box_get(box *x, const atoms *given)
{
    object_get(&x->object, given->count ? given->words : &WORD_NOTHING);
}

static void box_dump(box *x, const atoms *given)
{
    (void)given;
    object_dump(&x->object);
}

static void box_report(box *x, const atoms *given)
{
    (void)given;
    t_symbol *name = atomic_load(&x->buffer.name);
    box_do(x, object_report(&x->object, name ? name->s_name : NULL));
}

static const struct {
    const char *name;
    void (*told)(box *x, const atoms *given);
} messages[] = {
    {"reset", box_reset},         {"clear", box_clear},       {"table", box_table},
    {"weights", box_weights},     {"get", box_get},           {"dump", box_dump},
    {"report", box_report},       {"bang", box_bang},         {"store", snapshots_store},
    {"recall", snapshots_recall}, {"morph", snapshots_morph}, {"snapshots", snapshots_tell},
    {"forget", snapshots_forget}, {"write", files_write},     {"read", files_read},
};
enum { MESSAGES = sizeof messages / sizeof *messages };

/* on the main thread */
static void told(box *x, t_symbol *s, short argc, t_atom *argv)
{
    const object_model *m = x->object.model;
    const int which = word_find(m->words, m->count, s->s_name);
    atoms given = atoms_given(argc, argv);
    x->object.sounding = !box_asleep(x);
    for (int k = 0; k < MESSAGES; ++k)
        if (!strcmp(s->s_name, messages[k].name)) messages[k].told(x, &given);
    if (which >= 0) box_word(x, which, &given);
    atoms_free(&given);
}

void box_message(box *x, t_symbol *s, long argc, t_atom *argv)
{
    defer(x, METHOD(told), s, (short)(argc < SHRT_MAX ? argc : SHRT_MAX), argv);
}

void box_add_messages(t_class *c)
{
    for (int k = 0; k < MESSAGES; ++k)
        if (messages[k].told != box_bang && messages[k].told != box_table) /* they come otherwise */
            class_addmethod(c, METHOD(box_message), messages[k].name, A_GIMME, 0);
}
