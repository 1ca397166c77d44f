/* What comes through the inlets of a box, but for signals and words: a bang, and numbers. */
#include "box.h"

static void bang(box *x)
{
    box_message(x, gensym("bang"), 0, NULL);
}

static void refuse(box *x, t_symbol *s, short argc, t_atom *argv)
{
    (void)s, (void)argc;
    object_error(&x->max.z_ob, "inlet %ld takes a signal, not %g", (long)atom_getlong(&argv[1]),
                 atom_getfloat(&argv[0]));
}

/* a number is for the control of the inlet through which it came */
static void number(box *x, double value)
{
    const object_model *m = x->object.model;
    const long inlet = proxy_getinlet(&x->max.z_ob);
    const long control = inlet - (object_inlets(&x->object) - m->inlets);
    t_atom atoms[2];
    atom_setfloat(&atoms[0], value);
    atom_setlong(&atoms[1], inlet + 1);
    if (control >= 0)
        box_message(x, gensym(m->words[control].is->name), 1, atoms);
    else
        defer(x, METHOD(refuse), NULL, 2, atoms);
}

static void whole(box *x, t_atom_long value)
{
    number(x, (double)value);
}

void box_add_inlets(t_class *c, const object_model *model)
{
    if (model->bang) class_addmethod(c, METHOD(bang), "bang", 0);
    class_addmethod(c, METHOD(number), "float", A_FLOAT, 0);
    class_addmethod(c, METHOD(whole), "int", A_LONG, 0);
}
