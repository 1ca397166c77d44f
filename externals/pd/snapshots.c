#include "snapshots.h"

#include "atoms.h"
#include "box.h"

typedef object_task *prepare(object *o, int count, const word_given *given);

static void run(box *x, prepare *what, int argc, const t_atom *argv)
{
    atoms given = atoms_given(argc, argv);
    x->object.sounding = pd_getdspstate();
    box_do(x, what(&x->object, given.count, given.words));
    atoms_free(&given);
}

static void box_store(box *x, t_symbol *s, int argc, t_atom *argv)
{
    (void)s;
    run(x, object_store, argc, argv);
}

static void box_recall(box *x, t_symbol *s, int argc, t_atom *argv)
{
    (void)s;
    run(x, object_recall, argc, argv);
}

static void box_morph(box *x, t_symbol *s, int argc, t_atom *argv)
{
    (void)s;
    run(x, object_morph, argc, argv);
}

static void box_forget(box *x, t_symbol *s, int argc, t_atom *argv)
{
    (void)s;
    atoms given = atoms_given(argc, argv);
    object_forget(&x->object, given.count, given.words);
    atoms_free(&given);
}

static void box_snapshots(box *x)
{
    object_snapshots(&x->object);
}

void snapshots_add_messages(t_class *c)
{
    class_addmethod(c, (t_method)box_store, gensym("store"), A_GIMME, 0);
    class_addmethod(c, (t_method)box_recall, gensym("recall"), A_GIMME, 0);
    class_addmethod(c, (t_method)box_morph, gensym("morph"), A_GIMME, 0);
    class_addmethod(c, (t_method)box_forget, gensym("forget"), A_GIMME, 0);
    class_addmethod(c, (t_method)box_snapshots, gensym("snapshots"), 0);
}
