#include "unlearn_settings.h"

#include <string.h>

#include "unlearn_presets.h"

static const char *const functions[] = {"tanh", "cosine", "cosine-rad", "dip", "dip-rad"};
static const char *const integrators[] = {"symplectic", "euler"};
static const char *presets[UNLEARN_PRESETS];

/* What a preset names begins as in UNLEARN_DEFAULT: unlearn_settings_init fills it in. */
setting unlearn_settings[SETTINGS] = {
    [NEURONS] = {"neurons", SETTING_WHOLE, 1, UNLEARN_NEURONS_MAX, 0, NULL},
    [INPUTS] = {"inputs", SETTING_WHOLE, 1, UNLEARN_NEURONS_MAX, 0, NULL},
    [MAXDELAY] = {"maxdelay", SETTING_WHOLE, 1, UNLEARN_MAXDELAY_MAX, 0, NULL},
    [EXTERNAL] = {"external", SETTING_WHOLE, 0, UNLEARN_EXTERNAL_MAX, 0, NULL},
    [ACTIVATION] = {"activation", SETTING_CHOICE, 0, UNLEARN_FUNCTIONS - 1, 0, functions},
    [ENERGY] = {"energy", SETTING_CHOICE, 0, UNLEARN_FUNCTIONS - 1, 0, functions},
    [INTEGRATOR] = {"integrator", SETTING_CHOICE, 0, UNLEARN_INTEGRATORS - 1, 0, integrators},
    [SEED] = {"seed", SETTING_WHOLE, 0, SETTINGS_SEED_MAX, 1, NULL},
    [SCALE] = {"scale", SETTING_REAL, 0, UNLEARN_SCALE_MAX, 0, NULL},
    [EXCITE] = {"excite", SETTING_REAL, 0, 1, 0, NULL},
    [LEARN] = {"learn", SETTING_WHOLE, 0, 1, 1, NULL},
    [PRESET] = {"preset", SETTING_CHOICE, 0, UNLEARN_PRESETS - 1, -1, presets},
    [OUTS] = {"outs", SETTING_WHOLE, 1, UNLEARN_NEURONS_MAX, 2, NULL},
    [MC] = {"mc", SETTING_SWITCH, 0, 1, 0, NULL},
};
static const int positions[] = {NEURONS, INPUTS, MAXDELAY};

void unlearn_settings_init(void)
{
    settings_from_controls(unlearn_settings, unlearn_controls, UNLEARN_CONTROLS);
    for (int k = 0; k < UNLEARN_PRESETS; ++k) presets[k] = unlearn_presets[k].name;
    double first[SETTINGS];
    settings_initial(first, unlearn_settings, SETTINGS);
    first[PRESET] = UNLEARN_DEFAULT;
    unlearn_settings_follow_preset(first);
    for (int k = 0; k < PRESET; ++k) unlearn_settings[k].initial = first[k];
}

void unlearn_settings_follow_preset(double *values)
{
    const unlearn_preset *preset = &unlearn_presets[(int)values[PRESET]];
    memcpy(values, preset->controls, sizeof preset->controls);
    values[NEURONS] = preset->shape.neurons;
    values[INPUTS] = preset->shape.inputs;
    values[MAXDELAY] = preset->shape.maxdelay;
    values[EXTERNAL] = preset->shape.external;
    values[ACTIVATION] = preset->activation;
    values[ENERGY] = preset->energy;
    values[INTEGRATOR] = preset->integrator;
    values[SCALE] = preset->scale;
    values[EXCITE] = preset->excite;
}

/* which preset the box names, wherever it does; -1 if none */
static double find_preset(int argc, const t_atom *argv)
{
    double which = -1;
    for (int i = 0; i + 1 < argc; ++i)
        for (int k = 0; k < UNLEARN_PRESETS; ++k)
            if (atom_getsymbol(argv + i) == gensym("-preset") &&
                atom_getsymbol(argv + i + 1) == gensym(presets[k]))
                which = k;
    return which;
}

t_symbol *unlearn_settings_read(t_object *owner, int argc, const t_atom *argv, double *values)
{
    settings_box box = {
        owner, unlearn_settings, SETTINGS, positions, sizeof positions / sizeof *positions, values,
        NULL};
    t_atom wanted;
    settings_initial(values, unlearn_settings, SETTINGS);
    values[PRESET] = find_preset(argc, argv);
    if (values[PRESET] >= 0) unlearn_settings_follow_preset(values);
    const double inputs = values[INPUTS];
    settings_read_box(&box, argc, argv);
    SETFLOAT(&wanted, (t_float)values[INPUTS]);
    if (values[INPUTS] != inputs) unlearn_settings_read_one(owner, INPUTS, 1, &wanted, values);
    return box.bound;
}

int unlearn_settings_read_one(t_object *owner, int which, int argc, const t_atom *argv,
                              double *values)
{
    setting within = unlearn_settings[which];
    if (which == INPUTS) within.high = values[NEURONS];
    return settings_read(owner, &within, argc, argv, &values[which]);
}
