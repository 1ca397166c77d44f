/* How Max's inspector shows the attributes of a box: names and lines are those of the table. */
#include <stdio.h>
#include <string.h>

#include "box.h"

/* where the inspector lists a word */
static const char *const categories[] = {
    [WORD_MOVES] = "Controls",   [WORD_REBUILDS] = "Shape",  [WORD_CHANGES] = "Functions",
    [WORD_AT_RESET] = "Weights", [WORD_REDRAWS] = "Weights", [WORD_AT_ONCE] = "Controls",
    [WORD_PRESETS] = "Preset",   [WORD_BOX_ONLY] = "Box",
};

static void add_attribute(t_class *c, const char *name, const char *type, long flags)
{
    class_addattr(c, attr_offset_new(name, gensym(type), flags, METHOD(attributes_get),
                                     METHOD(attributes_set), 0));
}

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
    attributes_value(&atom, w, w->is->low);
    add(c, w->is->name, "min", type, &atom);
    attributes_value(&atom, w, w->is->high);
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
    add_attribute(c, name, type, attributes_is_read_only(m, which) ? ATTR_SET_OPAQUE_USER : 0);
    snprintf(label, sizeof label, *w->unit ? "%s (%s)" : "%s", name, w->unit);
    add_text(c, name, "label", label);
    add_text(c, name, "description", w->line);
    add_text(c, name, "category", which == m->fixed ? "Weights" : categories[w->effect]);
    add_whole(c, name, "order", which + 1);
    if (which == m->kept) add_whole(c, name, "save", 1); /* with the patcher */
    if (w->kind == WORD_CHOICE)
        add_choices(c, w);
    else
        add_range(c, w, type);
    attributes_value(&atom, w, initial);
    add(c, name, "default", type, &atom);
    if (w->effect == WORD_MOVES || w->effect == WORD_PRESETS) add_whole(c, name, "basic", 1);
}

/* the buffer~ that shows the weights */
static void add_table(t_class *c, const object_model *m)
{
    static const char name[] = "table";
    add_attribute(c, name, "symbol", 0);
    add_text(c, name, "label", "table (buffer~)");
    for (int k = 0; k < m->command_count; ++k)
        if (!strcmp(m->commands[k].name, name))
            add_text(c, name, "description", m->commands[k].line);
    add_text(c, name, "category", "Weights");
    add_whole(c, name, "order", m->count + 1);
}

void box_add_attributes(t_class *c, const object_model *model, int multichannel)
{
    double initial[WORDS_MAX];
    object_initial(model, initial);
    for (int k = 0; k < model->count; ++k) {
        const int counts_outlets = attributes_is_read_only(model, k); /* the class says it then */
        if (k != model->multichannel && !(multichannel && counts_outlets))
            add_word(c, model, k, initial[k]);
    }
    add_table(c, model);
}
