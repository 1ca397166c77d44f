/* Each word of the model's table is an attribute: its kind says of what type, its range what the
 * inspector offers. A value beyond it is refused as every host refuses it, with the same text.
 *
 * All are saved with the patcher, so that it sounds as it was left: a preset is many of them at
 * once, and half of one would be another. Not saved are a preset, which has no value of its own,
 * and what only counts where the box is made. */
#include <stdio.h>
#include <string.h>

#include "box.h"

/* where the inspector lists a word */
static const char *const categories[] = {
    [WORD_MOVES] = "Controls",   [WORD_REBUILDS] = "Shape",  [WORD_CHANGES] = "Functions",
    [WORD_AT_RESET] = "Weights", [WORD_REDRAWS] = "Weights", [WORD_AT_ONCE] = "Controls",
    [WORD_PRESETS] = "Preset",   [WORD_BOX_ONLY] = "Box",
};
enum { READ_ONLY = 0x200 /* ATTR_SET_OPAQUE_USER: where the box is made, not later */ };

/* what only counts where the box is made, but for that the size of a buffer~ is left alone */
static int is_fixed_for_good(const object_model *m, int which)
{
    return m->words[which].effect == WORD_BOX_ONLY && which != m->fixed;
}

int attributes_is_saved(const object_model *m, int which)
{
    return m->words[which].effect != WORD_PRESETS && !is_fixed_for_good(m, which);
}

/* ---- what they are ---- */

static t_symbol *name_of(void *attribute)
{
    return object_method_imp(attribute, gensym("getname"), NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                             NULL);
}

static t_max_err set(box *x, void *attribute, long argc, t_atom *argv)
{
    const object_model *m = x->object.model;
    t_symbol *name = name_of(attribute);
    const int which = word_find(m->words, m->count, name->s_name);
    if (which < 0 || !is_fixed_for_good(m, which)) box_message(x, name, argc, argv);
    return MAX_ERR_NONE;
}

static void set_value(t_atom *atom, const word *w, double value)
{
    if (w->effect == WORD_PRESETS)
        atom_setsym(atom, gensym(""));
    else if (w->kind == WORD_CHOICE)
        atom_setsym(atom, gensym(w->choices[(int)value]));
    else if (w->kind == WORD_REAL)
        atom_setfloat(atom, value);
    else
        atom_setlong(atom, (t_atom_long)value);
}

static t_max_err get(box *x, void *attribute, long *argc, t_atom **argv)
{
    const object_model *m = x->object.model;
    const int which = word_find(m->words, m->count, name_of(attribute)->s_name);
    t_symbol *table = atomic_load(&x->buffer.name);
    char allocated;
    const t_max_err err = atom_alloc(argc, argv, &allocated);
    if (err) return err;
    if (which < 0)
        atom_setsym(*argv, table ? table : gensym(""));
    else
        set_value(*argv, &m->words[which], atomic_load(&x->values[which]));
    return MAX_ERR_NONE;
}

/* ---- how the inspector shows them ---- */

/* a fact about an attribute */
static void add(t_class *c, const char *name, const char *fact, const char *type, t_atom *atom)
{
    class_attr_addattr_atoms(c, name, fact, gensym(type), 0, 1, atom);
}

static void add_text(t_class *c, const char *name, const char *fact, const char *text)
{
    t_atom atom;
    atom_setsym(&atom, gensym(text));
    add(c, name, fact, "symbol", &atom);
}

static void add_whole(t_class *c, const char *name, const char *fact, long value)
{
    t_atom atom;
    atom_setlong(&atom, value);
    add(c, name, fact, "long", &atom);
}

static void add_choices(t_class *c, const word *w)
{
    t_atom choices[WORDS_MAX];
    const int count = (int)w->is->high + 1;
    for (int k = 0; k < count; ++k) atom_setsym(&choices[k], gensym(w->choices[k]));
    class_attr_addattr_atoms(c, w->is->name, "enumvals", gensym("atom"), 0, count, choices);
    add_text(c, w->is->name, "style", "enum");
}

static void add_range(t_class *c, const word *w, const char *type)
{
    t_atom atom;
    set_value(&atom, w, w->is->low);
    add(c, w->is->name, "min", type, &atom);
    set_value(&atom, w, w->is->high);
    add(c, w->is->name, "max", type, &atom);
    if (w->kind != WORD_REAL && w->is->high - w->is->low == 1)
        add_text(c, w->is->name, "style", "onoff");
}

static void add_word(t_class *c, const object_model *m, int which, double initial)
{
    const word *w = &m->words[which];
    const char *name = w->is->name, *type = w->kind == WORD_REAL     ? "float64"
                                            : w->kind == WORD_CHOICE ? "symbol"
                                                                     : "long";
    char label[100];
    t_atom atom;
    class_addattr(c,
                  attr_offset_new(name, gensym(type), is_fixed_for_good(m, which) ? READ_ONLY : 0,
                                  METHOD(get), METHOD(set), 0));
    snprintf(label, sizeof label, *w->unit ? "%s (%s)" : "%s", name, w->unit);
    add_text(c, name, "label", label);
    add_text(c, name, "description", w->line);
    add_text(c, name, "category", which == m->fixed ? "Weights" : categories[w->effect]);
    add_whole(c, name, "order", which + 1);
    if (w->kind == WORD_CHOICE)
        add_choices(c, w);
    else
        add_range(c, w, type);
    set_value(&atom, w, initial);
    add(c, name, "default", type, &atom);
    if (w->effect == WORD_MOVES || w->effect == WORD_PRESETS) add_whole(c, name, "basic", 1);
    if (attributes_is_saved(m, which)) add_whole(c, name, "save", 1);
}

/* the buffer~ that shows the weights */
static void add_table(t_class *c, const object_model *m)
{
    static const char name[] = "table";
    class_addattr(c, attr_offset_new(name, gensym("symbol"), 0, METHOD(get), METHOD(set), 0));
    add_text(c, name, "label", "table (buffer~)");
    for (int k = 0; k < m->command_count; ++k)
        if (!strcmp(m->commands[k].name, name))
            add_text(c, name, "description", m->commands[k].line);
    add_text(c, name, "category", "Weights");
    add_whole(c, name, "order", m->count + 1);
    add_whole(c, name, "save", 1);
}

void attributes_add(t_class *c, const object_model *model)
{
    double initial[WORDS_MAX];
    object_initial(model, initial);
    for (int k = 0; k < model->count; ++k)
        if (k != model->multichannel) add_word(c, model, k, initial[k]);
    add_table(c, model);
}

/* ---- while a box lives ---- */

void attributes_changed(box *x)
{
    const object *o = &x->object;
    for (int k = 0; k < o->model->count; ++k) {
        const double value = o->values[k];
        if (atomic_exchange(&x->values[k], value) == value) continue;
        object_attr_touch(&x->max.z_ob, gensym(o->model->words[k].is->name));
    }
}
