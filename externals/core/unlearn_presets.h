/* The six examples of the source, every setting of each. What changes while one plays (the strength
 * of chatter, lambda and the sine of sine-adapt) stands here as it begins. */
#ifndef SPECML_UNLEARN_PRESETS_H
#define SPECML_UNLEARN_PRESETS_H

#include "unlearn.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { UNLEARN_PRESETS = 6 };

typedef struct unlearn_preset {
    const char *name;
    unlearn_shape shape;
    double scale, excite;
    unlearn_function activation, energy;
    unlearn_integrator integrator;
    double controls[UNLEARN_CONTROLS];
} unlearn_preset;

extern const unlearn_preset unlearn_presets[UNLEARN_PRESETS];

#ifdef __cplusplus
}
#endif

#endif
