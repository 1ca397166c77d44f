/* The six examples of the source, every setting of each: the only place where they stand. Python,
 * the hosts and the tests read it. What changes while one plays (the strength of chatter, lambda
 * and the sine of sine-adapt) stands here as it begins. */
#ifndef SPECML_UNLEARN_PRESETS_H
#define SPECML_UNLEARN_PRESETS_H

#include "unlearn.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    UNLEARN_RESONANCES,
    UNLEARN_CHATTER,
    UNLEARN_CLICKS,
    UNLEARN_WIND,
    UNLEARN_BLUBBER,
    UNLEARN_SINE_ADAPT,
    UNLEARN_PRESETS,
    UNLEARN_DEFAULT = UNLEARN_WIND /* what a network is that is told nothing: it goes on sounding */
};

typedef struct unlearn_preset {
    const char *name;
    unlearn_shape shape;
    double scale, excite;
    unlearn_function activation, energy;
    unlearn_integrator integrator;
    double controls[UNLEARN_CONTROLS];
} unlearn_preset;

extern const unlearn_preset unlearn_presets[UNLEARN_PRESETS];

/* [any] For languages that cannot see the constant; NULL if there is no such preset. */
const unlearn_preset *unlearn_preset_at(int which);

#ifdef __cplusplus
}
#endif

#endif
