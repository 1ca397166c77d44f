/* [unlearn~ neurons inputs maxdelay]: neurons in a delay network whose weights circle and never
 * settle.
 *
 * Inlets: external signal, of which a multichannel one feeds several external inputs; lambda, mu,
 * nu, strength, radius, friction, centre, pivot as signals or floats.
 * Outlets: -outs M signals, of which the j-th is the mean of neurons i with i mod M = j, or with
 * -mc one multichannel signal, a channel for each neuron; info.
 * Flags: -preset NAME, which the others refine, -outs M, -mc, -table NAME, and every setting.
 * Messages: every setting with a value; reset, clear, bang, table, report. */
#include "unlearn.h"

#include <m_pd.h>
#include <string.h>

#include "export.h"
#include "multichannel.h"
#include "ports.h"
#include "refusal.h"
#include "report.h"
#include "table.h"
#include "unlearn_settings.h"

enum { INLETS = 1 + UNLEARN_CONTROLS };
_Static_assert((int)INLETS <= (int)PORTS_MAX, "more inlets than ports");

typedef struct {
    t_object object;
    t_float scalar; /* of the signal inlet while nothing is connected */
    t_inlet *inlets[UNLEARN_CONTROLS];
    t_outlet *info;
    double values[SETTINGS]; /* as last set; an inlet's signal overrides a control's */
    double samplerate;       /* Hz */
    unlearn *net;
    ports ports;
    int outlets;    /* signal outlets */
    int outs;       /* outputs: as many, or the channels of one */
    t_sample **out; /* (outlets,) */
    table table;
} t_unlearn_tilde;

static t_class *unlearn_tilde_class;

/* ---- network ---- */

static void discard(unlearn *net)
{
    const unlearn_shape shape = unlearn_get_shape(net);
    freebytes(net, unlearn_bytes(&shape));
}

/* what the control is while no signal says otherwise */
static double held(const t_unlearn_tilde *x, int which)
{
    return which == UNLEARN_LAMBDA && x->values[LEARN] == 0.0 ? 0.0 : x->values[which];
}

static void choose_functions(unlearn *net, const double *values)
{
    unlearn_set_activation(net, (int)values[ACTIVATION]);
    unlearn_set_energy(net, (int)values[ENERGY]);
    unlearn_set_integrator(net, (int)values[INTEGRATOR]);
}

/* A network like the settings, outside perform: 0, or -1 and nothing changed if memory is short.
 * A new shape is a new draw; controls, functions, seed, scale, binding and outlets stay. */
static int rebuild(t_unlearn_tilde *x)
{
    const double *v = x->values;
    const int neurons = (int)v[NEURONS], wanted = (int)v[INPUTS];
    const unlearn_shape shape = {neurons, wanted < neurons ? wanted : neurons, (int)v[MAXDELAY],
                                 (int)v[EXTERNAL]};
    unlearn *net = getbytes(unlearn_bytes(&shape));
    if (!net) {
        pd_error(x, "unlearn~: no memory for %d neurons, inputs %d, maxdelay %d", neurons,
                 shape.inputs, shape.maxdelay);
        return -1;
    }
    unlearn_init(net, &shape, x->samplerate, (uint64_t)v[SEED], v[SCALE], v[EXCITE]);
    choose_functions(net, v);
    for (int k = 0; k < UNLEARN_CONTROLS; ++k) unlearn_set(net, k, held(x, k));
    if (x->net) unlearn_keep(net, x->net);
    const int channels_change =
        x->net && v[MC] != 0.0 && neurons != unlearn_get_shape(x->net).neurons;
    if (x->net) discard(x->net);
    x->net = net;
    table_show(&x->table);
    if (channels_change) canvas_update_dsp();
    return 0;
}

/* ---- sound ---- */

static t_int *unlearn_tilde_perform(t_int *w)
{
    t_unlearn_tilde *x = (t_unlearn_tilde *)w[1];
    const size_t n = x->ports.n;
    const unlearn_shape shape = unlearn_get_shape(x->net);
    const int neurons = shape.neurons, external = shape.external;
    const int outs = x->outs < neurons ? x->outs : neurons; /* the others are silent */
    const double *heard[UNLEARN_EXTERNAL_MAX], *signals[UNLEARN_CONTROLS];
    double *out[UNLEARN_NEURONS_MAX];
    ports_read(&x->ports);
    for (int j = 0; j < external; ++j) heard[j] = ports_channel(&x->ports, 0, j);
    for (int k = 0; k < UNLEARN_CONTROLS; ++k) signals[k] = ports_channel(&x->ports, 1 + k, 0);
    if (x->values[LEARN] == 0.0) signals[UNLEARN_LAMBDA] = NULL; /* holds 0 */
    for (int j = 0; j < x->outs; ++j) out[j] = x->ports.out + (size_t)j * n;
    unlearn_process(x->net, n, heard, signals, out, outs);
    for (int j = outs; j < x->outs; ++j) memset(out[j], 0, n * sizeof **out);
    for (int j = 0; j < x->outs; ++j)
        ports_write(x->values[MC] != 0.0 ? x->out[0] + (size_t)j * n : x->out[j], out[j], n);
    return w + 2;
}

static void set_samplerate(t_unlearn_tilde *x, double samplerate)
{
    if (!(samplerate >= 1.0 && samplerate <= 1e6)) return;
    x->samplerate = samplerate;
    if (x->net) unlearn_set_samplerate(x->net, samplerate);
}

static void unlearn_tilde_dsp(t_unlearn_tilde *x, t_signal **sp)
{
    const int n = sp[0]->s_n, mc = x->values[MC] != 0.0;
    const int before = x->ports.in[0].channels, channels = multichannel_count(sp[0]);
    x->outs = mc ? unlearn_get_shape(x->net).neurons : x->outlets;
    set_samplerate(x, (double)sp[0]->s_sr);
    const int ready = !ports_open(&x->ports, &x->object, sp, INLETS, x->outs);
    for (int j = 0; j < x->outlets; ++j) {
        multichannel_make(&sp[INLETS + j], mc ? x->outs : 1);
        x->out[j] = sp[INLETS + j]->s_vec;
    }
    if (ready)
        dsp_add(unlearn_tilde_perform, 1, (t_int)x);
    else
        for (int j = 0; j < x->outlets; ++j) dsp_add_zero(x->out[j], mc ? n * x->outs : n);
    const int external = unlearn_get_shape(x->net).external;
    if (channels > 1 && channels > external && channels != before)
        pd_error(x, "unlearn~: %d channels come in, external inputs are %d: the others go unheard",
                 channels, external);
}

/* ---- messages ---- */

static void unlearn_tilde_reset(t_unlearn_tilde *x)
{
    unlearn_reset(x->net, (uint64_t)x->values[SEED]);
    table_show(&x->table);
}

static void unlearn_tilde_clear(t_unlearn_tilde *x)
{
    unlearn_clear(x->net);
}

static void unlearn_tilde_bang(t_unlearn_tilde *x)
{
    unlearn_bang(x->net);
}

static void hold(t_unlearn_tilde *x, int control)
{
    unlearn_set(x->net, control, held(x, control));
}

static void set_control(t_unlearn_tilde *x, int which)
{
    pd_float((t_pd *)x->inlets[which], (t_float)x->values[which]);
    hold(x, which);
}

/* Every setting: a seed draws new synapses at once, a scale with the next reset, a shape or a
 * preset rebuilds. */
static void unlearn_tilde_set(t_unlearn_tilde *x, t_symbol *s, int argc, t_atom *argv)
{
    const int which = settings_find(unlearn_settings, MESSAGES, s->s_name);
    double before[SETTINGS];
    memcpy(before, x->values, sizeof before);
    if (!unlearn_settings_read_one(&x->object, which, argc, argv, x->values)) return;
    const double value = x->values[which];
    if (which < UNLEARN_CONTROLS)
        set_control(x, which);
    else if (which <= EXTERNAL) {
        if (value != before[which] && rebuild(x)) x->values[which] = before[which];
    } else if (which <= INTEGRATOR)
        choose_functions(x->net, x->values);
    else if (which == SEED)
        unlearn_tilde_reset(x);
    else if (which == SCALE)
        unlearn_set_scale(x->net, value);
    else if (which == EXCITE)
        unlearn_set_excite(x->net, value);
    else if (which == LEARN)
        hold(x, UNLEARN_LAMBDA);
    else {
        unlearn_settings_follow_preset(x->values);
        if (rebuild(x)) memcpy(x->values, before, sizeof before);
        for (int k = 0; k < UNLEARN_CONTROLS; ++k) set_control(x, k);
    }
}

static void unlearn_tilde_table(t_unlearn_tilde *x, t_symbol *s, int argc, t_atom *argv)
{
    (void)s;
    table_message(&x->table, argc, argv);
}

static size_t count_weights(const void *owner)
{
    return unlearn_count(((const t_unlearn_tilde *)owner)->net);
}

/* w of every synapse, neuron by neuron; 0 where an external row feeds no neuron */
static void get_weights(const void *owner, double *weights)
{
    unlearn_get_synapses(((const t_unlearn_tilde *)owner)->net, weights, NULL, NULL);
}

static void set_weight(void *owner, size_t index, double weight)
{
    unlearn_set_weight(((t_unlearn_tilde *)owner)->net, index, weight);
}

static const table_model weights = {count_weights, get_weights, set_weight};

static void unlearn_tilde_report(t_unlearn_tilde *x)
{
    double values[REPORTED];
    memcpy(values, x->values, sizeof values);
    for (int k = 0; k < UNLEARN_CONTROLS; ++k) values[k] = unlearn_now(x->net, k);
    values[INPUTS] = unlearn_get_shape(x->net).inputs; /* no more than neurons */
    report_settings(x->info, unlearn_settings, REPORTED, values);
    report_weights(x->info, &x->table);
    report_number(x->info, "clipped", (double)unlearn_clipped(x->net));
}

/* ---- life ---- */

static void unlearn_tilde_free(t_unlearn_tilde *x)
{
    table_free(&x->table);
    ports_close(&x->ports);
    if (x->net) discard(x->net);
    if (x->out) freebytes(x->out, (size_t)x->outlets * sizeof *x->out);
}

/* 0, or -1 if memory is short */
static int make_outlets(t_unlearn_tilde *x)
{
    if (x->values[MC] != 0.0 && !multichannel_found()) {
        pd_error(x, "unlearn~: -mc needs Pd 0.54 or newer, here are %d outlets instead",
                 (int)x->values[OUTS]);
        x->values[MC] = 0.0;
    }
    x->outlets = x->values[MC] != 0.0 ? 1 : (int)x->values[OUTS];
    x->out = getbytes((size_t)x->outlets * sizeof *x->out);
    for (int j = 0; j < x->outlets; ++j) outlet_new(&x->object, gensym("signal"));
    x->info = outlet_new(&x->object, NULL);
    return x->out ? 0 : -1;
}

static void *unlearn_tilde_new(t_symbol *s, int argc, t_atom *argv)
{
    (void)s;
    t_unlearn_tilde *x = (t_unlearn_tilde *)pd_new(unlearn_tilde_class);
    t_symbol *bound = unlearn_settings_read(&x->object, argc, argv, x->values);
    table_init(&x->table, &x->object, &weights);
    x->samplerate = 48000.0;
    set_samplerate(x, (double)sys_getsr());
    if (make_outlets(x) || rebuild(x)) {
        pd_free((t_pd *)x);
        return NULL;
    }
    for (int k = 0; k < UNLEARN_CONTROLS; ++k)
        x->inlets[k] = signalinlet_new(&x->object, (t_float)x->values[k]);
    table_bind(&x->table, bound);
    return x;
}

EXPORT void unlearn_tilde_setup(void)
{
    if (refused("unlearn~")) return;
    multichannel_find();
    unlearn_settings_init();
    t_class *c = class_new(gensym("unlearn~"), (t_newmethod)(t_method)unlearn_tilde_new,
                           (t_method)unlearn_tilde_free, sizeof(t_unlearn_tilde),
                           CLASS_MULTICHANNEL, A_GIMME, 0);
    if (!c) return; /* Pd was built for samples of another size, and has said so */
    unlearn_tilde_class = c;
    CLASS_MAINSIGNALIN(c, t_unlearn_tilde, scalar);
    class_addmethod(c, (t_method)unlearn_tilde_dsp, gensym("dsp"), A_CANT, 0);
    class_addmethod(c, (t_method)unlearn_tilde_reset, gensym("reset"), 0);
    class_addmethod(c, (t_method)unlearn_tilde_clear, gensym("clear"), 0);
    class_addbang(c, unlearn_tilde_bang);
    for (int k = 0; k < MESSAGES; ++k)
        class_addmethod(c, (t_method)unlearn_tilde_set, gensym(unlearn_settings[k].name), A_GIMME,
                        0);
    class_addmethod(c, (t_method)unlearn_tilde_table, gensym("table"), A_GIMME, 0);
    class_addmethod(c, (t_method)unlearn_tilde_report, gensym("report"), 0);
}
