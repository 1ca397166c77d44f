/* What is in an AutoRegNN. Hosts include autoregnn.h. */
#ifndef SPECML_AUTOREGNN_INSIDE_H
#define SPECML_AUTOREGNN_INSIDE_H

#include "autoregnn.h"
#include "controls.h"
#include "network.h"
#include "past.h"

struct autoregnn {
    /* settings */
    double scale;                    /* of the next initial weights, 0..100 */
    double held[AUTOREGNN_CONTROLS]; /* controls as they were set */
    /* weights */
    network net;
    /* state */
    double controls[AUTOREGNN_CONTROLS]; /* controls as they are now */
    past in;                             /* (size,) */
    past out;                            /* (size,) */
    uint64_t clipped;                    /* input samples repaired so far */
    uint64_t samples;                    /* processed since its weights were drawn */
    /* scratch of one step */
    double *spoken; /* (size,) the past it speaks from, oldest first */
    double *taught; /* (size,) the past it learns from, oldest first */
};

#endif
