#include "box.h"

#include "atoms.h"
#include "isa.h"
#include "multichannel.h"

static t_class *box_class;
static const object_model *box_model;

/* ---- sound ---- */

/* Pd lets outputs lie in the memory of inputs, so all inlets are copied before anything is written.
 */
static t_int *box_perform(t_int *w)
{
    box *x = (box *)w[1];
    object *o = &x->object;
    const size_t width = (size_t)object_width(o) * x->n;
    for (int k = 0; k < object_inlets(o); ++k)
        for (size_t i = 0; i < (size_t)o->in[k].channels * x->n; ++i)
            o->in[k].samples[i] = (double)x->in[k][i];
    object_process(o, x->n);
    for (int j = 0; j < x->outlets; ++j)
        for (size_t i = 0; i < width; ++i) x->out[j][i] = (t_sample)o->out[(size_t)j * width + i];
    return w + 2;
}

static void box_dsp(box *x, t_signal **sp)
{
    object *o = &x->object;
    const int inlets = object_inlets(o), n = sp[0]->s_n;
    int channels[OBJECT_INLETS_MAX];
    for (int k = 0; k < inlets; ++k) {
        channels[k] = multichannel_count(sp[k]);
        x->in[k] = sp[k]->s_vec;
    }
    object_task *form = object_open(o, channels, (size_t)n, (double)sp[0]->s_sr);
    const int open = form != NULL, width = open ? object_width(o) : 1;
    x->n = (size_t)n;
    box_do(x, form);
    for (int j = 0; j < x->outlets; ++j) {
        multichannel_make(&sp[inlets + j], width);
        x->out[j] = sp[inlets + j]->s_vec;
    }
    if (open) box_do(x, object_channels(o, o->wide));
    if (open && o->made >= o->wide)
        dsp_add(box_perform, 1, (t_int)x);
    else
        for (int j = 0; j < x->outlets; ++j) dsp_add_zero(x->out[j], n * width);
}

/* ---- life ---- */

static void box_free(box *x)
{
    array_free(&x->array);
    clock_free(x->collector);
    object_exit(&x->object);
    if (x->out) freebytes(x->out, (size_t)x->outlets * sizeof *x->out);
}

static void *box_new(t_symbol *s, int argc, t_atom *argv)
{
    (void)s;
    box *x = (box *)pd_new(box_class);
    object *o = &x->object;
    object_init(o, box_model, &box_host, x, (double)sys_getsr());
    array_init(&x->array, &x->pd, o);
    x->collector = clock_new(x, (t_method)box_collect);
    atoms given = atoms_given(argc, argv);
    const object_names names =
        object_box(o, given.count, given.words, multichannel_found() ? NULL : "Pd 0.54 or newer");
    t_symbol *name = names.table ? gensym(names.table) : NULL;
    atoms_free(&given);
    box_do(x, object_channels(o, 1));
    x->outlets = object_outlets(o);
    x->out = getbytes((size_t)x->outlets * sizeof *x->out);
    if (!o->made || !x->out) {
        pd_free((t_pd *)x);
        return NULL;
    }
    for (int k = 1; k < o->model->sources; ++k) signalinlet_new(&x->pd, 0);
    for (int k = 0; k < o->model->inlets; ++k)
        x->inlets[k] = signalinlet_new(&x->pd, (t_float)o->values[k]);
    for (int j = 0; j < x->outlets; ++j) outlet_new(&x->pd, gensym("signal"));
    x->info = outlet_new(&x->pd, NULL);
    array_bind(&x->array, name);
    return x;
}

void box_setup(const char *name, const object_model *model)
{
    const char *why = isa_refusal();
    if (why) {
        pd_error(NULL, "%s refuses to run: %s", name, why);
        return;
    }
    multichannel_find();
    box_model = model;
    box_class = class_new(gensym(name), (t_newmethod)(t_method)box_new, (t_method)box_free,
                          sizeof(box), CLASS_MULTICHANNEL, A_GIMME, 0);
    if (!box_class) return; /* Pd was built for samples of another size, and has said so */
    CLASS_MAINSIGNALIN(box_class, box, scalar);
    class_addmethod(box_class, (t_method)box_dsp, gensym("dsp"), A_CANT, 0);
    box_add_messages(box_class, model);
}
