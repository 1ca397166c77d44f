#include "unlearn_presets.h"

#include <stddef.h>

#define TANH UNLEARN_TANH, UNLEARN_TANH
#define COSINE UNLEARN_COSINE, UNLEARN_DIP
#define COSINE_RAD UNLEARN_COSINE_RAD, UNLEARN_DIP_RAD

/* neurons, inputs, maxdelay, external; scale, excite;
 * lambda, mu, nu, strength, radius, friction, centre, pivot */
/* clang-format off */
const unlearn_preset unlearn_presets[UNLEARN_PRESETS] = {
    [UNLEARN_RESONANCES] = {"resonances", {16, 16, 2400, 1}, 1.0, 0.1, TANH, UNLEARN_EULER,
        {60, 0.4, 0.4, 0.1, 0.01, 0, 0, 0}},
    [UNLEARN_CHATTER] = {"chatter", {16, 16, 2400, 1}, 1.3, 0.1, TANH, UNLEARN_SYMPLECTIC,
        {0.4, 0.4, 0.4, 160, 0.01, 0, 0.98, 0}},
    [UNLEARN_CLICKS] = {"clicks", {16, 4, 2400, 1}, 2.0, 0.1, COSINE, UNLEARN_SYMPLECTIC,
        {10, 0.1, 10, 0.1, 0.02, 0.5, 0, 0}},
    [UNLEARN_WIND] = {"wind", {16, 3, 2400, 1}, 2.0, 0.1, COSINE_RAD, UNLEARN_SYMPLECTIC,
        {10, 235, 900, 0.1, 0.02, 0.5, 0, 0}},
    [UNLEARN_BLUBBER] = {"blubber", {16, 3, 2400, 1}, 3.5, 0.1, COSINE_RAD, UNLEARN_SYMPLECTIC,
        {28, 0.02, 900, 0.1, 0.2, 6.8, 1, 1}},
    [UNLEARN_SINE_ADAPT] = {"sine-adapt", {16, 3, 4800, 1}, 2.0, 0.1, TANH, UNLEARN_SYMPLECTIC,
        {1, 100, 980, 6.5, 0.6, 0.1, 0.85, 0}},
};
/* clang-format on */

const unlearn_preset *unlearn_preset_at(int which)
{
    return which >= 0 && which < UNLEARN_PRESETS ? &unlearn_presets[which] : NULL;
}
