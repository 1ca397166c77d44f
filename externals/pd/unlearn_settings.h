/* What [unlearn~] can be told: one table for its arguments, flags, messages and reports. */
#ifndef SPECML_PD_UNLEARN_SETTINGS_H
#define SPECML_PD_UNLEARN_SETTINGS_H

#include "settings.h"
#include "unlearn.h"

enum {
    /* first the controls */
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
    REPORTED,
    PRESET = REPORTED, /* the values it names, and no value of its own */
    MESSAGES,
    OUTS = MESSAGES, /* only in the box */
    MC,
    SETTINGS
};

extern setting unlearn_settings[SETTINGS];

void unlearn_settings_init(void); /* once, in setup */
/* values: (SETTINGS,), which[PRESET] says which preset; every setting that it names is written */
void unlearn_settings_follow_preset(double *values);
/* Defaults, then a preset, then all else that the box says; the array that it names, or NULL. */
t_symbol *unlearn_settings_read(t_object *owner, int argc, const t_atom *argv, double *values);
/* settings_read, within what the other values allow */
int unlearn_settings_read_one(t_object *owner, int which, int argc, const t_atom *argv,
                              double *values);

#endif
