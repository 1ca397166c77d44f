/* Each word of the model's table is an attribute: its kind says of what type, its range what the
 * inspector offers. A value beyond it is refused as every host refuses it, with the same text.
 *
 * But for the one that says what a patcher keeps, none is saved with it of its own accord, as Max
 * does with all objects that have no face: what they are told is their state. Whoever wants to keep
 * a value types it into the box or freezes it in the inspector. */
#include "box.h"

/* what only counts where the box is made, but for that the size of a buffer~ is left alone, and
 * that the patcher keeps what is learnt */
int attributes_is_read_only(const object_model *m, int which)
{
    return m->words[which].effect == WORD_BOX_ONLY && which != m->fixed && which != m->kept;
}

static t_symbol *name_of(void *attribute)
{
    return object_method_imp(attribute, gensym("getname"), NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                             NULL);
}

t_max_err attributes_set(box *x, void *attribute, long argc, t_atom *argv)
{
    box_message(x, name_of(attribute), argc, argv);
    return MAX_ERR_NONE;
}

void attributes_value(t_atom *atom, const word *w, double value)
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

t_max_err attributes_get(box *x, void *attribute, long *argc, t_atom **argv)
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
        attributes_value(*argv, &m->words[which], atomic_load(&x->values[which]));
    return MAX_ERR_NONE;
}

void attributes_changed(box *x)
{
    const object *o = &x->object;
    for (int k = 0; k < o->model->count; ++k) {
        const double value = o->values[k];
        if (atomic_exchange(&x->values[k], value) == value) continue;
        object_attr_touch(&x->max.z_ob, gensym(o->model->words[k].is->name));
    }
}
