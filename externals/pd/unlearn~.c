/* [unlearn~ neurons inputs maxdelay]: neurons in a delay network whose weights circle and never
 * settle.
 *
 * Inlets: external signal, of which a multichannel one feeds several external inputs; lambda, mu,
 * nu, strength, radius, friction, centre as signals or floats.
 * Outlets: -outs M signals, of which the j-th is the mean of neurons i with i mod M = j, or with
 * -mc one multichannel signal, a channel for each neuron; info.
 * Flags: -preset NAME, -outs M, -mc, -table NAME, -seed N, -scale F, -excite F, -external M,
 * -activation NAME, -energy NAME, -integrator NAME, and so on: every setting may be a flag, and
 * goes before the preset's.
 * Messages: every setting but outs and mc with a value; reset, clear, bang, table, report. */
#include "unlearn.h"

#include <m_pd.h>
#include <string.h>

#include "multichannel.h"
#include "ports.h"
#include "report.h"
#include "settings.h"
#include "table.h"
#include "unlearn_presets.h"

enum { INLETS = 1 + UNLEARN_CONTROLS };
enum {
    NEURONS = UNLEARN_CONTROLS,
    INPUTS,
    MAXDELAY,
    EXTERNAL,
    ACTIVATION,
    ENERGY,
    INTEGRATOR,
    SEED,
    SCALE,
    EXCITE,
    LEARN,
    PRESET, /* no setting from here on is in a report */
    OUTS,   /* nor a message */
    MC,
    SETTINGS
};

static const char *const functions[] = {"tanh", "cosine"};
static const char *const integrators[] = {"symplectic", "euler"};
static const char *presets[UNLEARN_PRESETS];

static setting settings[SETTINGS] = {
    /* first the controls */
    [NEURONS] = {"neurons", SETTING_WHOLE, 1, UNLEARN_NEURONS_MAX, 16, NULL},
    [INPUTS] = {"inputs", SETTING_WHOLE, 1, UNLEARN_NEURONS_MAX, 3, NULL},
    [MAXDELAY] = {"maxdelay", SETTING_WHOLE, 1, UNLEARN_MAXDELAY_MAX, 2400, NULL},
    [EXTERNAL] = {"external", SETTING_WHOLE, 0, UNLEARN_EXTERNAL_MAX, 1, NULL},
    [ACTIVATION] = {"activation", SETTING_CHOICE, 0, UNLEARN_FUNCTIONS - 1, UNLEARN_TANH, functions},
    [ENERGY] = {"energy", SETTING_CHOICE, 0, UNLEARN_FUNCTIONS - 1, UNLEARN_TANH, functions},
    [INTEGRATOR] = {"integrator", SETTING_CHOICE, 0, UNLEARN_INTEGRATORS - 1, UNLEARN_SYMPLECTIC,
                    integrators},
    [SEED] = {"seed", SETTING_WHOLE, 0, SETTINGS_SEED_MAX, 1, NULL},
    [SCALE] = {"scale", SETTING_REAL, 0, 100, 2, NULL},
    [EXCITE] = {"excite", SETTING_REAL, 0, 1, 0.1, NULL},
    [LEARN] = {"learn", SETTING_WHOLE, 0, 1, 1, NULL},
    [PRESET] = {"preset", SETTING_CHOICE, 0, UNLEARN_PRESETS - 1, 0, presets},
    [OUTS] = {"outs", SETTING_WHOLE, 1, UNLEARN_NEURONS_MAX, 2, NULL},
    [MC] = {"mc", SETTING_SWITCH, 0, 1, 0, NULL},
};
static const int positions[] = {NEURONS, INPUTS, MAXDELAY};
enum { ARGUMENTS = sizeof positions / sizeof *positions };

typedef struct {
    t_object object;
    t_float scalar; /* of the signal inlet while nothing is connected */
    t_inlet *inlets[UNLEARN_CONTROLS];
    t_outlet *info;
    double values[SETTINGS]; /* as last set; an inlet's signal overrides a control's */
    double samplerate;       /* Hz */
    unlearn *net;
    ports ports;
    int outs;       /* outputs: outlets, or channels of the one */
    t_sample **out; /* (outlets,) */
    table table;
} t_unlearn_tilde;

static t_class *unlearn_tilde_class;

/* ---- network ---- */

static unlearn_shape shape_of(const unlearn *net)
{
    return (unlearn_shape){(int)net->neurons, (int)net->inputs, (int)net->maxdelay,
                           (int)net->external};
}

static void discard(unlearn *net)
{
    const unlearn_shape shape = shape_of(net);
    freebytes(net, unlearn_bytes(&shape));
}

/* what the control is while no signal says otherwise */
static double held(const t_unlearn_tilde *x, int which)
{
    return which == UNLEARN_LAMBDA && x->values[LEARN] == 0.0 ? 0.0 : x->values[which];
}

static void choose_functions(unlearn *net, const double *values)
{
    unlearn_set_activation(net, (unlearn_function)values[ACTIVATION]);
    unlearn_set_energy(net, (unlearn_function)values[ENERGY]);
    unlearn_set_integrator(net, (unlearn_integrator)values[INTEGRATOR]);
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
    for (int k = 0; k < UNLEARN_CONTROLS; ++k)
        unlearn_set(net, k, x->net ? x->net->controls[k] : held(x, k));
    const int channels_change = x->net && v[MC] != 0.0 && (size_t)neurons != x->net->neurons;
    if (x->net) discard(x->net);
    x->net = net;
    table_show(&x->table);
    if (channels_change) canvas_update_dsp();
    return 0;
}

/* every setting that a preset names */
static void follow_preset(t_unlearn_tilde *x, const unlearn_preset *preset)
{
    double *v = x->values;
    memcpy(v, preset->controls, sizeof preset->controls);
    v[NEURONS] = preset->shape.neurons;
    v[INPUTS] = preset->shape.inputs;
    v[MAXDELAY] = preset->shape.maxdelay;
    v[EXTERNAL] = preset->shape.external;
    v[SCALE] = preset->scale;
    v[EXCITE] = preset->excite;
    v[ACTIVATION] = preset->activation;
    v[ENERGY] = preset->energy;
    v[INTEGRATOR] = preset->integrator;
}

/* ---- sound ---- */

static t_int *unlearn_tilde_perform(t_int *w)
{
    t_unlearn_tilde *x = (t_unlearn_tilde *)w[1];
    const size_t n = x->ports.n;
    const int neurons = (int)x->net->neurons, external = (int)x->net->external;
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

static void unlearn_tilde_dsp(t_unlearn_tilde *x, t_signal **sp)
{
    const int n = sp[0]->s_n, mc = x->values[MC] != 0.0, outlets = mc ? 1 : (int)x->values[OUTS];
    x->outs = mc ? (int)x->net->neurons : outlets;
    x->samplerate = (double)sp[0]->s_sr;
    unlearn_set_samplerate(x->net, x->samplerate);
    const int ready = !ports_open(&x->ports, &x->object, sp, INLETS, x->outs);
    for (int j = 0; j < outlets; ++j) {
        multichannel_make(&sp[INLETS + j], mc ? x->outs : 1);
        x->out[j] = sp[INLETS + j]->s_vec;
    }
    if (ready)
        dsp_add(unlearn_tilde_perform, 1, (t_int)x);
    else
        for (int j = 0; j < outlets; ++j) dsp_add_zero(x->out[j], mc ? n * x->outs : n);
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
