/* [autoregnn~ autoreg size width layers lr ridge]: a network that predicts the next sample from the
 * ones before and learns from each miss. A signal of C channels is heard by C networks.
 *
 * Inlets: signal; autoreg, lr, ridge, teacher as signals or floats.
 * Outlets: prediction, error, info.
 * Flags: -table NAME, and every setting: -teacher F, -seed N, -scale F, ..
 * Messages: every setting with a value; reset, clear, table, report. */
#include "autoregnn.h"

#include <m_pd.h>
#include <string.h>

#include "export.h"
#include "multichannel.h"
#include "ports.h"
#include "report.h"
#include "settings.h"
#include "table.h"

enum { INLETS = 1 + AUTOREGNN_CONTROLS, OUTLETS = 2 };
enum { SIZE = AUTOREGNN_CONTROLS, WIDTH, LAYERS, SEED, SCALE, LEARN, SETTINGS };

static setting settings[SETTINGS] = {
    /* first the controls */
    [SIZE] = {"size", SETTING_WHOLE, 1, AUTOREGNN_SIZE_MAX, 12, NULL},
    [WIDTH] = {"width", SETTING_WHOLE, 1, AUTOREGNN_WIDTH_MAX, 8, NULL},
    [LAYERS] = {"layers", SETTING_WHOLE, 1, AUTOREGNN_LAYERS_MAX, 1, NULL},
    [SEED] = {"seed", SETTING_WHOLE, 0, SETTINGS_SEED_MAX, 1, NULL},
    [SCALE] = {"scale", SETTING_REAL, 0, AUTOREGNN_SCALE_MAX, 1, NULL},
    [LEARN] = {"learn", SETTING_WHOLE, 0, 1, 1, NULL},
};
static const int positions[] = {AUTOREGNN_AUTOREG, SIZE,           WIDTH, LAYERS,
                                AUTOREGNN_LR,      AUTOREGNN_RIDGE};
enum { ARGUMENTS = sizeof positions / sizeof *positions };

typedef struct {
    autoregnn *net;
    mean_square error;
} voice; /* of one channel */

typedef struct {
    t_object object;
    t_float scalar; /* of the signal inlet while nothing is connected */
    t_inlet *inlets[AUTOREGNN_CONTROLS];
    t_outlet *info;
    double values[SETTINGS]; /* as last set; an inlet's signal overrides a control's */
    voice *voices;           /* (made,) */
    int made, channels;      /* voices there are, and sound */
    ports ports;
    t_sample *out[OUTLETS]; /* (channels, n) */
    table table;
} t_autoregnn_tilde;

static t_class *autoregnn_tilde_class;

/* ---- networks ---- */

static void discard(autoregnn *net)
{
    freebytes(net,
              autoregnn_bytes(autoregnn_size(net), autoregnn_width(net), autoregnn_layers(net)));
}

/* what the control is while no signal says otherwise */
static double held(const t_autoregnn_tilde *x, int which)
{
    return which == AUTOREGNN_LR && x->values[LEARN] == 0.0 ? 0.0 : x->values[which];
}

/* a network shaped like the settings, keeping what it can of old, if there is one; NULL after an
 * error */
static autoregnn *build(t_autoregnn_tilde *x, int channel, const autoregnn *old)
{
    const int size = (int)x->values[SIZE], width = (int)x->values[WIDTH];
    const int layers = (int)x->values[LAYERS];
    autoregnn *net = getbytes(autoregnn_bytes(size, width, layers));
    if (!net) {
        pd_error(x, "autoregnn~: no memory for size %d, width %d, layers %d", size, width, layers);
        return NULL;
    }
    autoregnn_init(net, size, width, layers, (uint64_t)x->values[SEED] + (uint64_t)channel,
                   x->values[SCALE]);
    for (int k = 0; k < AUTOREGNN_CONTROLS; ++k) autoregnn_set(net, k, held(x, k));
    if (old) autoregnn_keep(net, old);
    return net;
}

/* A new shape, outside perform: 0, or -1 and nothing changed if memory is short. Controls, seed,
 * scale, binding and the parameters that both shapes have stay; sound is forgotten. */
static int rebuild(t_autoregnn_tilde *x)
{
    const size_t bytes = (size_t)x->made * sizeof(autoregnn *);
    autoregnn **nets = getbytes(bytes);
    int built = 0;
    if (!nets) return -1;
    while (built < x->made && (nets[built] = build(x, built, x->voices[built].net))) ++built;
    const int done = built == x->made;
    for (int c = 0; c < built; ++c) {
        autoregnn *unused = done ? x->voices[c].net : nets[c];
        if (done) x->voices[c].net = nets[c];
        discard(unused);
    }
    freebytes(nets, bytes);
    if (done) table_show(&x->table);
    return done ? 0 : -1;
}

/* Voices for so many channels, if memory allows; those that there are stay as they are. */
static void make_voices(t_autoregnn_tilde *x, int channels)
{
    const size_t had = (size_t)x->made * sizeof(voice);
    voice *voices = channels > x->made ? getbytes((size_t)channels * sizeof(voice)) : NULL;
    if (voices) {
        if (x->made) memcpy(voices, x->voices, had);
        if (x->made) freebytes(x->voices, had);
        x->voices = voices;
        while (x->made < channels && (voices[x->made].net = build(x, x->made, NULL))) ++x->made;
    }
    x->channels = channels < x->made ? channels : x->made;
}

/* ---- sound ---- */

/* as many channels as the core computes side by side */
static void perform_group(t_autoregnn_tilde *x, int first, int count)
{
    const size_t n = x->ports.n;
    const double *signals[AUTOREGNN_ABREAST][AUTOREGNN_CONTROLS];
    autoregnn_stream streams[AUTOREGNN_ABREAST];
    for (int i = 0; i < count; ++i) {
        const int c = first + i;
        double *out = x->ports.out + (size_t)(OUTLETS * i) * n;
        for (int k = 0; k < AUTOREGNN_CONTROLS; ++k)
            signals[i][k] = ports_channel(&x->ports, 1 + k, c);
        if (x->values[LEARN] == 0.0) signals[i][AUTOREGNN_LR] = NULL; /* holds 0 */
        streams[i] = (autoregnn_stream){x->voices[c].net, ports_channel(&x->ports, 0, c),
                                        signals[i], out, out + n};
    }
    autoregnn_process_many(streams, (size_t)count, n);
    for (int i = 0; i < count; ++i) {
        const size_t at = (size_t)(first + i) * n;
        ports_write(x->out[0] + at, streams[i].out, n);
        ports_write(x->out[1] + at, streams[i].error, n);
        mean_square_add(&x->voices[first + i].error, streams[i].error, n);
    }
}

static t_int *autoregnn_tilde_perform(t_int *w)
{
    t_autoregnn_tilde *x = (t_autoregnn_tilde *)w[1];
    ports_read(&x->ports);
    for (int c = 0; c < x->channels; c += AUTOREGNN_ABREAST)
        perform_group(x, c,
                      x->channels - c < AUTOREGNN_ABREAST ? x->channels - c : AUTOREGNN_ABREAST);
    return w + 2;
}

static void autoregnn_tilde_dsp(t_autoregnn_tilde *x, t_signal **sp)
{
    const int n = sp[0]->s_n, channels = multichannel_count(sp[0]);
    const int ready = !ports_open(&x->ports, &x->object, sp, INLETS, AUTOREGNN_ABREAST * OUTLETS);
    for (int k = 0; k < OUTLETS; ++k) {
        multichannel_make(&sp[INLETS + k], channels);
        x->out[k] = sp[INLETS + k]->s_vec;
    }
    make_voices(x, channels);
    if (ready && x->channels == channels)
        dsp_add(autoregnn_tilde_perform, 1, (t_int)x);
    else
        for (int k = 0; k < OUTLETS; ++k) dsp_add_zero(x->out[k], n * channels);
}

/* ---- messages ---- */

static void autoregnn_tilde_reset(t_autoregnn_tilde *x)
{
    for (int c = 0; c < x->made; ++c)
        autoregnn_reset(x->voices[c].net, (uint64_t)x->values[SEED] + (uint64_t)c);
    table_show(&x->table);
}

static void autoregnn_tilde_clear(t_autoregnn_tilde *x)
{
    for (int c = 0; c < x->made; ++c) autoregnn_clear(x->voices[c].net);
}

static void hold(t_autoregnn_tilde *x, int control)
{
    for (int c = 0; c < x->made; ++c) autoregnn_set(x->voices[c].net, control, held(x, control));
}

/* Every setting: a seed draws new weights at once, a scale with the next reset, a shape rebuilds.
 */
static void autoregnn_tilde_set(t_autoregnn_tilde *x, t_symbol *s, int argc, t_atom *argv)
{
    const int which = settings_find(settings, SETTINGS, s->s_name);
    const double before = x->values[which];
    if (!settings_read(&x->object, &settings[which], argc, argv, &x->values[which])) return;
    const double value = x->values[which];
    if (which < AUTOREGNN_CONTROLS) {
        pd_float((t_pd *)x->inlets[which], (t_float)value);
        hold(x, which);
    } else if (which == SEED)
        autoregnn_tilde_reset(x);
    else if (which == SCALE)
        for (int c = 0; c < x->made; ++c) autoregnn_set_scale(x->voices[c].net, value);
    else if (which == LEARN)
        hold(x, AUTOREGNN_LR);
    else if (value != before && rebuild(x))
        x->values[which] = before;
}

static void autoregnn_tilde_table(t_autoregnn_tilde *x, t_symbol *s, int argc, t_atom *argv)
{
    (void)s;
    table_message(&x->table, argc, argv);
}

static size_t count_weights(const void *owner)
{
    const t_autoregnn_tilde *x = owner;
    return autoregnn_count(x->voices[0].net) * (size_t)x->channels;
}

/* every channel's parameters, one after the other */
static void get_weights(const void *owner, double *weights)
{
    const t_autoregnn_tilde *x = owner;
    const size_t count = autoregnn_count(x->voices[0].net);
    for (int c = 0; c < x->channels; ++c)
        autoregnn_get_parameters(x->voices[c].net, weights + (size_t)c * count);
}

static void set_weight(void *owner, size_t index, double weight)
{
    t_autoregnn_tilde *x = owner;
    const size_t count = autoregnn_count(x->voices[0].net);
    autoregnn_set_parameter(x->voices[index / count].net, index % count, weight);
}

static const table_model weights = {count_weights, get_weights, set_weight};

static void autoregnn_tilde_report(t_autoregnn_tilde *x)
{
    double values[SETTINGS];
    uint64_t clipped = 0;
    for (int k = 0; k < SETTINGS; ++k)
        values[k] = k < AUTOREGNN_CONTROLS ? autoregnn_now(x->voices[0].net, k) : x->values[k];
    for (int c = 0; c < x->channels; ++c) clipped += autoregnn_clipped(x->voices[c].net);
    report_settings(x->info, settings, SETTINGS, values);
    report_number(x->info, "channels", x->channels);
    report_weights(x->info, &x->table);
    report_number(x->info, "clipped", (double)clipped);
    for (int c = 0; c < x->channels; ++c) report_mean_squares(x->info, &x->voices[c].error, 1);
}

/* ---- life ---- */

static void autoregnn_tilde_free(t_autoregnn_tilde *x)
{
    table_free(&x->table);
    ports_close(&x->ports);
    for (int c = 0; c < x->made; ++c) discard(x->voices[c].net);
    if (x->voices) freebytes(x->voices, (size_t)x->made * sizeof(voice));
}

static void *autoregnn_tilde_new(t_symbol *s, int argc, t_atom *argv)
{
    (void)s;
    t_autoregnn_tilde *x = (t_autoregnn_tilde *)pd_new(autoregnn_tilde_class);
    settings_box box = {&x->object, settings, SETTINGS, positions, ARGUMENTS, x->values, NULL};
    settings_initial(x->values, settings, SETTINGS);
    settings_read_box(&box, argc, argv);
    table_init(&x->table, &x->object, &weights);
    make_voices(x, 1);
    if (!x->made) {
        pd_free((t_pd *)x);
        return NULL;
    }
    for (int k = 0; k < AUTOREGNN_CONTROLS; ++k)
        x->inlets[k] = signalinlet_new(&x->object, (t_float)x->values[k]);
    for (int k = 0; k < OUTLETS; ++k) outlet_new(&x->object, gensym("signal"));
    x->info = outlet_new(&x->object, NULL);
    table_bind(&x->table, box.bound);
    return x;
}

EXPORT void autoregnn_tilde_setup(void)
{
    multichannel_find();
    settings_from_controls(settings, autoregnn_controls, AUTOREGNN_CONTROLS);
    t_class *c = class_new(gensym("autoregnn~"), (t_newmethod)(t_method)autoregnn_tilde_new,
                           (t_method)autoregnn_tilde_free, sizeof(t_autoregnn_tilde),
                           CLASS_MULTICHANNEL, A_GIMME, 0);
    if (!c) return; /* Pd was built for samples of another size, and has said so */
    autoregnn_tilde_class = c;
    CLASS_MAINSIGNALIN(c, t_autoregnn_tilde, scalar);
    class_addmethod(c, (t_method)autoregnn_tilde_dsp, gensym("dsp"), A_CANT, 0);
    class_addmethod(c, (t_method)autoregnn_tilde_reset, gensym("reset"), 0);
    class_addmethod(c, (t_method)autoregnn_tilde_clear, gensym("clear"), 0);
    for (int k = 0; k < SETTINGS; ++k)
        class_addmethod(c, (t_method)autoregnn_tilde_set, gensym(settings[k].name), A_GIMME, 0);
    class_addmethod(c, (t_method)autoregnn_tilde_table, gensym("table"), A_GIMME, 0);
    class_addmethod(c, (t_method)autoregnn_tilde_report, gensym("report"), 0);
}
