/* [autoregnn2~ mix size width lr ridge]: two networks, each learning its own input; what speaks is
 * a mixture of their parameters.
 *
 * Inlets: signal 1; signal 2, mix, lr, ridge as signals or floats.
 * Outlets: prediction, error 1, error 2, info.
 * Flags: -table NAME, and every setting: -layers N, -autoreg F, -teacher F, -seed N, -scale F, ..
 * Messages: every setting with a value; reset, clear, table, report. */
#include "autoregnn2.h"

#include <m_pd.h>

#include "export.h"
#include "multichannel.h"
#include "ports.h"
#include "report.h"
#include "settings.h"
#include "table.h"

enum { CONTROL_INLETS = AUTOREGNN2_RIDGE + 1, INLETS = 2 + CONTROL_INLETS, OUTLETS = 3 };
enum { SIZE = AUTOREGNN2_CONTROLS, WIDTH, LAYERS, SEED, SCALE, LEARN, SETTINGS };

static setting settings[SETTINGS] = {
    /* first the controls */
    [SIZE] = {"size", SETTING_WHOLE, 1, AUTOREGNN2_SIZE_MAX, 12, NULL},
    [WIDTH] = {"width", SETTING_WHOLE, 1, AUTOREGNN2_WIDTH_MAX, 8, NULL},
    [LAYERS] = {"layers", SETTING_WHOLE, 1, AUTOREGNN2_LAYERS_MAX, 1, NULL},
    [SEED] = {"seed", SETTING_WHOLE, 0, SETTINGS_SEED_MAX, 1, NULL},
    [SCALE] = {"scale", SETTING_REAL, 0, AUTOREGNN2_SCALE_MAX, 1, NULL},
    [LEARN] = {"learn", SETTING_WHOLE, 0, 1, 1, NULL},
};
static const int positions[] = {AUTOREGNN2_MIX, SIZE, WIDTH, AUTOREGNN2_LR, AUTOREGNN2_RIDGE};
enum { ARGUMENTS = sizeof positions / sizeof *positions };

typedef struct {
    t_object object;
    t_float scalar; /* of the first signal inlet while nothing is connected */
    t_inlet *inlets[CONTROL_INLETS];
    t_outlet *info;
    double values[SETTINGS]; /* as last set; an inlet's signal overrides a control's */
    autoregnn2 *pair;
    mean_square error[2];
    ports ports;
    t_sample *out[OUTLETS]; /* (n,) */
    table table;
} t_autoregnn2_tilde;

static t_class *autoregnn2_tilde_class;

/* ---- networks ---- */

static void discard(autoregnn2 *pair)
{
    freebytes(pair, autoregnn2_bytes(autoregnn2_size(pair), autoregnn2_width(pair),
                                     autoregnn2_layers(pair)));
}

/* what the control is while no signal says otherwise */
static double held(const t_autoregnn2_tilde *x, int which)
{
    return which == AUTOREGNN2_LR && x->values[LEARN] == 0.0 ? 0.0 : x->values[which];
}

/* a pair shaped like the settings, keeping what it can of old, if there is one; NULL after an
 * error */
static autoregnn2 *build(t_autoregnn2_tilde *x, const autoregnn2 *old)
{
    const int size = (int)x->values[SIZE], width = (int)x->values[WIDTH];
    const int layers = (int)x->values[LAYERS];
    autoregnn2 *pair = getbytes(autoregnn2_bytes(size, width, layers));
    if (!pair) {
        pd_error(x, "autoregnn2~: no memory for size %d, width %d, layers %d", size, width, layers);
        return NULL;
    }
    autoregnn2_init(pair, size, width, layers, (uint64_t)x->values[SEED], x->values[SCALE]);
    for (int k = 0; k < AUTOREGNN2_CONTROLS; ++k) autoregnn2_set(pair, k, held(x, k));
    if (old) autoregnn2_keep(pair, old);
    return pair;
}

/* A new shape, outside perform: 0, or -1 and nothing changed if memory is short. Controls, seed,
 * scale, binding and the parameters that both shapes have stay; sound is forgotten. */
static int rebuild(t_autoregnn2_tilde *x)
{
    autoregnn2 *pair = build(x, x->pair);
    if (!pair) return -1;
    discard(x->pair);
    x->pair = pair;
    table_show(&x->table);
    return 0;
}

/* ---- sound ---- */

static t_int *autoregnn2_tilde_perform(t_int *w)
{
    t_autoregnn2_tilde *x = (t_autoregnn2_tilde *)w[1];
    const size_t n = x->ports.n;
    const double *signals[AUTOREGNN2_CONTROLS] = {NULL}; /* autoreg and teacher hold their value */
    double *out[OUTLETS];
    ports_read(&x->ports);
    for (int k = 0; k < CONTROL_INLETS; ++k) signals[k] = ports_channel(&x->ports, 2 + k, 0);
    if (x->values[LEARN] == 0.0) signals[AUTOREGNN2_LR] = NULL; /* holds 0 */
    for (int k = 0; k < OUTLETS; ++k) out[k] = x->ports.out + (size_t)k * n;
    autoregnn2_process(x->pair, n, ports_channel(&x->ports, 0, 0), ports_channel(&x->ports, 1, 0),
                       signals, out[0], out[1], out[2]);
    for (int k = 0; k < OUTLETS; ++k) ports_write(x->out[k], out[k], n);
    for (int k = 0; k < 2; ++k) mean_square_add(&x->error[k], out[1 + k], n);
    return w + 2;
}

static void autoregnn2_tilde_dsp(t_autoregnn2_tilde *x, t_signal **sp)
{
    const int n = sp[0]->s_n;
    const int ready = !ports_open(&x->ports, &x->object, sp, INLETS, OUTLETS);
    for (int k = 0; k < OUTLETS; ++k) x->out[k] = sp[INLETS + k]->s_vec;
    if (ready)
        dsp_add(autoregnn2_tilde_perform, 1, (t_int)x);
    else
        for (int k = 0; k < OUTLETS; ++k) dsp_add_zero(x->out[k], n);
}

/* ---- messages ---- */

static void autoregnn2_tilde_reset(t_autoregnn2_tilde *x)
{
    autoregnn2_reset(x->pair, (uint64_t)x->values[SEED]);
    table_show(&x->table);
}

static void autoregnn2_tilde_clear(t_autoregnn2_tilde *x)
{
    autoregnn2_clear(x->pair);
}

static void hold(t_autoregnn2_tilde *x, int control)
{
    autoregnn2_set(x->pair, control, held(x, control));
}

/* Every setting: a seed draws new weights at once, a scale with the next reset, a shape rebuilds.
 */
static void autoregnn2_tilde_set(t_autoregnn2_tilde *x, t_symbol *s, int argc, t_atom *argv)
{
    const int which = settings_find(settings, SETTINGS, s->s_name);
    const double before = x->values[which];
    if (!settings_read(&x->object, &settings[which], argc, argv, &x->values[which])) return;
    const double value = x->values[which];
    if (which < AUTOREGNN2_CONTROLS) {
        if (which < CONTROL_INLETS) pd_float((t_pd *)x->inlets[which], (t_float)value);
        hold(x, which);
    } else if (which == SEED)
        autoregnn2_tilde_reset(x);
    else if (which == SCALE)
        autoregnn2_set_scale(x->pair, value);
    else if (which == LEARN)
        hold(x, AUTOREGNN2_LR);
    else if (value != before && rebuild(x))
        x->values[which] = before;
}

static void autoregnn2_tilde_table(t_autoregnn2_tilde *x, t_symbol *s, int argc, t_atom *argv)
{
    (void)s;
    table_message(&x->table, argc, argv);
}

static size_t count_weights(const void *owner)
{
    return autoregnn2_count(((const t_autoregnn2_tilde *)owner)->pair);
}

/* both networks' parameters, one after the other */
static void get_weights(const void *owner, double *weights)
{
    autoregnn2_get_parameters(((const t_autoregnn2_tilde *)owner)->pair, weights);
}

static void set_weight(void *owner, size_t index, double weight)
{
    autoregnn2_set_parameter(((t_autoregnn2_tilde *)owner)->pair, index, weight);
}

static const table_model weights = {count_weights, get_weights, set_weight};

static void autoregnn2_tilde_report(t_autoregnn2_tilde *x)
{
    double values[SETTINGS];
    for (int k = 0; k < SETTINGS; ++k)
        values[k] = k < AUTOREGNN2_CONTROLS ? autoregnn2_now(x->pair, k) : x->values[k];
    report_settings(x->info, settings, SETTINGS, values);
    report_weights(x->info, &x->table);
    report_number(x->info, "clipped", (double)autoregnn2_clipped(x->pair));
    report_mean_squares(x->info, x->error, 2);
}

/* ---- life ---- */

static void autoregnn2_tilde_free(t_autoregnn2_tilde *x)
{
    table_free(&x->table);
    ports_close(&x->ports);
    if (x->pair) discard(x->pair);
}

static void *autoregnn2_tilde_new(t_symbol *s, int argc, t_atom *argv)
{
    (void)s;
    t_autoregnn2_tilde *x = (t_autoregnn2_tilde *)pd_new(autoregnn2_tilde_class);
    settings_box box = {&x->object, settings, SETTINGS, positions, ARGUMENTS, x->values, NULL};
    settings_initial(x->values, settings, SETTINGS);
    settings_read_box(&box, argc, argv);
    table_init(&x->table, &x->object, &weights);
    x->pair = build(x, NULL);
    if (!x->pair) {
        pd_free((t_pd *)x);
        return NULL;
    }
    signalinlet_new(&x->object, 0);
    for (int k = 0; k < CONTROL_INLETS; ++k)
        x->inlets[k] = signalinlet_new(&x->object, (t_float)x->values[k]);
    for (int k = 0; k < OUTLETS; ++k) outlet_new(&x->object, gensym("signal"));
    x->info = outlet_new(&x->object, NULL);
    table_bind(&x->table, box.bound);
    return x;
}

EXPORT void autoregnn2_tilde_setup(void)
{
    multichannel_find();
    settings_from_controls(settings, autoregnn2_controls, AUTOREGNN2_CONTROLS);
    t_class *c = class_new(gensym("autoregnn2~"), (t_newmethod)(t_method)autoregnn2_tilde_new,
                           (t_method)autoregnn2_tilde_free, sizeof(t_autoregnn2_tilde),
                           CLASS_DEFAULT, A_GIMME, 0);
    if (!c) return; /* Pd was built for samples of another size, and has said so */
    autoregnn2_tilde_class = c;
    CLASS_MAINSIGNALIN(c, t_autoregnn2_tilde, scalar);
    class_addmethod(c, (t_method)autoregnn2_tilde_dsp, gensym("dsp"), A_CANT, 0);
    class_addmethod(c, (t_method)autoregnn2_tilde_reset, gensym("reset"), 0);
    class_addmethod(c, (t_method)autoregnn2_tilde_clear, gensym("clear"), 0);
    for (int k = 0; k < SETTINGS; ++k)
        class_addmethod(c, (t_method)autoregnn2_tilde_set, gensym(settings[k].name), A_GIMME, 0);
    class_addmethod(c, (t_method)autoregnn2_tilde_table, gensym("table"), A_GIMME, 0);
    class_addmethod(c, (t_method)autoregnn2_tilde_report, gensym("report"), 0);
}
