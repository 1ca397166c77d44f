/* What is in an AutoRegNN2. Hosts include autoregnn2.h. */
#ifndef SPECML_AUTOREGNN2_INSIDE_H
#define SPECML_AUTOREGNN2_INSIDE_H

#include "autoregnn2.h"
#include "controls.h"
#include "network.h"
#include "past.h"

struct autoregnn2 {
    /* settings */
    double scale;                     /* of the next initial weights, 0..100 */
    double held[AUTOREGNN2_CONTROLS]; /* controls as they were set */
    /* weights */
    network net[2];
    /* state */
    double controls[AUTOREGNN2_CONTROLS]; /* controls as they are now */
    past in[2];                           /* (size,) */
    past out;                             /* (size,) */
    uint64_t clipped;                     /* input samples repaired so far, both inputs together */
    uint64_t samples;                     /* processed since its weights were drawn */
    /* scratch of one step */
    double *spoken;    /* (size,) the past it speaks from, oldest first */
    double *taught[2]; /* (size,) the past that each network learns from, oldest first */
};

#endif
