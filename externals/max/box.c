#include "box.h"

#include <string.h>

#include "isa.h"

enum { CHUNK = 64 /* samples at a time: how many Max asks for is no part of the sound */ };

/* of a name, and of the same with mc. before it */
static t_class *box_class, *box_class_multichannel;
static const object_model *box_model;

/* ---- sound, of which perform is on the audio thread ---- */

static void process(box *x, double **ins, double **outs, long numouts, size_t from, size_t n)
{
    object *o = &x->object;
    for (int k = 0; k < object_inlets(o); ++k) {
        const object_inlet *in = &o->in[k];
        for (int c = 0; c < in->channels; ++c)
            memcpy(in->samples + (size_t)c * n, ins[c] + from, n * sizeof **ins);
        ins += in->channels ? in->channels : 1;
    }
    object_process(o, n);
    for (int j = 0; j < numouts && j < o->rows; ++j)
        memcpy(outs[j] + from, o->out + (size_t)j * n, n * sizeof **outs);
}

/* 1 if the object is open for these signals: an old chain may play on while a new one is built */
static int fits(const object *o, long numins)
{
    for (int k = 0; k < object_inlets(o); ++k) numins -= o->in[k].channels ? o->in[k].channels : 1;
    return o->rows && numins == 0;
}

static void box_perform(t_object *owner, t_object *dsp64, double **ins, long numins, double **outs,
                        long numouts, long sampleframes, long flags, void *userparam)
{
    (void)dsp64, (void)flags, (void)userparam;
    box *x = (box *)owner;
    const size_t n = (size_t)sampleframes;
    for (long j = 0; j < numouts; ++j) memset(outs[j], 0, n * sizeof **outs);
    if (!handover_enter(&x->handover)) return;
    if (fits(&x->object, numins))
        for (size_t done = 0; done < n; done += CHUNK)
            process(x, ins, outs, numouts, done, n - done < CHUNK ? n - done : CHUNK);
    handover_leave(&x->handover);
}

static int count_channels(box *x, t_object *dsp64, int inlet)
{
    return (int)(intptr_t)object_method_imp(dsp64, gensym("getnuminputchannels"), x,
                                            (void *)(intptr_t)inlet, NULL, NULL, NULL, NULL, NULL,
                                            NULL);
}

/* What is not connected is one channel of silence: a control then holds its value. */
static void box_dsp64(box *x, t_object *dsp64, short *count, double samplerate, long maxvectorsize,
                      long flags)
{
    (void)maxvectorsize, (void)flags;
    object *o = &x->object;
    const int inlets = object_inlets(o), sources = inlets - o->model->inlets;
    int channels[OBJECT_INLETS_MAX];
    for (int k = 0; k < inlets; ++k) {
        channels[k] = x->max.z_misc & Z_MC_INLETS ? count_channels(x, dsp64, k) : 1;
        if (k >= sources && !count[k]) channels[k] = 0;
    }
    box_do(x, object_open(o, channels, CHUNK, samplerate));
    box_do(x, object_channels(o, o->wide));
    dsp_add64(dsp64, &x->max.z_ob, box_perform, 0, NULL);
}

static long box_multichanneloutputs(box *x, long outlet)
{
    (void)outlet;
    return object_width(&x->object);
}

/* ---- life ---- */

static void box_free(box *x)
{
    z_dsp_free(&x->max);
    box_cease_to_look(x);
    buffer_free(&x->buffer);
    handover_free(&x->handover);
    keep_free(&x->keep);
    object_exit(&x->object);
}

static void add_outlets(box *x, int multichannel)
{
    x->info = outlet_new(x, NULL); /* Max adds them from right to left */
    object_obex_store(x, gensym("dumpout"), x->info);
    for (int j = 0; j < object_outlets(&x->object); ++j)
        outlet_new(x, multichannel ? "multichannelsignal" : "signal");
}

static void *box_new(t_symbol *s, long argc, t_atom *argv)
{
    const int multichannel = !strncmp(s->s_name, "mc.", 3) && box_class_multichannel;
    box *x = object_alloc(multichannel ? box_class_multichannel : box_class);
    if (!x) return NULL;
    object *o = &x->object;
    object_init(o, box_model, &box_host, x, (double)sys_getsr());
    handover_init(&x->handover, o);
    buffer_init(&x->buffer, &x->max.z_ob, &x->handover);
    box_begin_to_look(x);
    z_dsp_setup(&x->max, object_inlets(o));
    x->max.z_misc |= o->model->sources ? Z_NO_INPLACE : Z_NO_INPLACE | Z_MC_INLETS;
    const box_names names = box_read(x, multichannel, argc, argv);
    handover_give(&x->handover, object_channels(o, 1), 1);
    if (!o->made) {
        freeobject(x);
        return NULL;
    }
    add_outlets(x, multichannel);
    box_begin(x, &names);
    return x;
}

static t_max_err box_notify(box *x, t_symbol *s, t_symbol *message, void *sender, void *data)
{
    return buffer_notified(&x->buffer, s, message, sender, data);
}

void box_setup(const char *name, const object_model *model)
{
    const char *why = isa_refusal();
    if (why) {
        object_error(NULL, "%s refuses to run: %s", name, why);
        return;
    }
    const int multichannel = !strncmp(name, "mc.", 3);
    t_class *c = class_new(name, METHOD(box_new), METHOD(box_free), sizeof(box), NULL, A_GIMME, 0);
    class_addmethod(c, METHOD(box_dsp64), "dsp64", A_CANT, 0);
    class_addmethod(c, METHOD(box_notify), "notify", A_CANT, 0);
    if (multichannel)
        class_addmethod(c, METHOD(box_multichanneloutputs), "multichanneloutputs", A_CANT, 0);
    box_add_messages(c);
    keep_add_methods(c);
    box_add_inlets(c, model);
    box_add_attributes(c, model, multichannel);
    box_add_assist(c);
    class_dspinit(c);
    class_register(gensym("box"), c);
    box_model = model;
    *(multichannel ? &box_class_multichannel : &box_class) = c;
}
