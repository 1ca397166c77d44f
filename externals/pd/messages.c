/* What a box is told, and what it says. Every word is a message. */
#include <string.h>

#include "atoms.h"
#include "box.h"

static void say(void *owner, object_level level, const char *text)
{
    const char *name = class_getname(pd_class(&((box *)owner)->pd.ob_pd));
    if (level == OBJECT_ERROR)
        pd_error(owner, "%s: %s", name, text);
    else
        post("warning: %s: %s", name, text);
}

static void tell(void *owner, const char *name, size_t count, const double *numbers,
                 const char *symbol)
{
    atoms_tell(((box *)owner)->info, name, count, numbers, symbol);
}

const object_host box_host = {say, tell, NULL, PD_FLOATSIZE == 32 ? 0x1p24 : WORD_INTEGER_MAX, '-'};

/* ---- what it is told ---- */

/* what has faded out is freed */
void box_collect(box *x)
{
    object_collect(&x->object);
    if (x->object.layered > 1) clock_delay(x->collector, 100.0);
}

/* Pd has one thread for messages and sound. */
void box_do(box *x, object_task *task)
{
    const int redraws = task && task->redraws;
    while (task) {
        object_run(&x->object, task);
        task = object_end(&x->object, task);
    }
    if (!redraws) return;
    array_show(&x->array);
    box_collect(x);
}

static void box_word(box *x, t_symbol *s, int argc, t_atom *argv)
{
    object *o = &x->object;
    const int which = word_find(o->model->words, o->model->count, s->s_name);
    const int outs = object_outs(o);
    double before[WORDS_MAX];
    atoms given = atoms_given(argc, argv);
    memcpy(before, o->values, sizeof before);
    o->sounding = pd_getdspstate();
    object_task *told = object_set(o, which, given.count, given.words);
    atoms_free(&given);
    if (!told) return;
    box_do(x, told);
    for (int k = 0; k < o->model->inlets; ++k)
        if (k == which || o->values[k] != before[k])
            pd_float((t_pd *)x->inlets[k], (t_float)o->values[k]);
    if (object_outs(o) != outs) canvas_update_dsp();
}

static void box_reset(box *x)
{
    x->object.sounding = pd_getdspstate();
    box_do(x, object_reset(&x->object));
}

static void box_clear(box *x)
{
    box_do(x, object_clear(&x->object));
}

static void box_bang(box *x)
{
    box_do(x, object_bang(&x->object));
}

static void box_table(box *x, t_symbol *s, int argc, t_atom *argv)
{
    (void)s;
    atoms given = atoms_given(argc, argv);
    const char *name = argc ? object_read_table(&x->object, given.words) : NULL;
    if (name || !argc) array_bind(&x->array, name ? gensym(name) : NULL);
    atoms_free(&given);
}

static void box_weights(box *x, t_symbol *s, int argc, t_atom *argv)
{
    (void)s;
    atoms given = atoms_given(argc, argv);
    box_do(x, argc ? object_set_weights(&x->object, given.count, given.words)
                   : object_tell_weights(&x->object));
    atoms_free(&given);
}

static void box_get(box *x, t_symbol *s, int argc, t_atom *argv)
{
    (void)s;
    atoms given = atoms_given(argc, argv);
    object_get(&x->object, argc ? given.words : &WORD_NOTHING);
    atoms_free(&given);
}

static void box_dump(box *x)
{
    object_dump(&x->object);
}

static void box_report(box *x)
{
    box_do(x, object_report(&x->object, x->array.name ? x->array.name->s_name : NULL));
}

void box_add_messages(t_class *c, const object_model *model)
{
    class_addmethod(c, (t_method)box_reset, gensym("reset"), 0);
    class_addmethod(c, (t_method)box_clear, gensym("clear"), 0);
    class_addmethod(c, (t_method)box_table, gensym("table"), A_GIMME, 0);
    class_addmethod(c, (t_method)box_weights, gensym("weights"), A_GIMME, 0);
    class_addmethod(c, (t_method)box_get, gensym("get"), A_GIMME, 0);
    class_addmethod(c, (t_method)box_dump, gensym("dump"), 0);
    class_addmethod(c, (t_method)box_report, gensym("report"), 0);
    if (model->bang) class_addbang(c, box_bang);
    for (int k = 0; k < model->count; ++k)
        if (model->words[k].effect != WORD_BOX_ONLY)
            class_addmethod(c, (t_method)box_word, gensym(model->words[k].is->name), A_GIMME, 0);
}
