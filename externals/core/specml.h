/* What the headers of all models share. A host includes autoregnn.h, autoregnn2.h, unlearn.h and
 * unlearn_presets.h, from C or from C++; every other header is the core's own.
 *
 * Memory: the caller hands it in, as many bytes as `*_bytes` says, at any multiple of 8. `*_init`
 * or `*_copy` makes a model of it; to end one, free its memory. What is in a model is read through
 * its functions alone.
 *
 * Threads: what stands in brackets before a function says where it may be called.
 *     [message]  not where sound is computed: it may take longer than a block of samples lasts
 *     [audio]    there too: it takes at most one pass over the model
 *     [any]      on every thread at every time: it reads only what never changes
 * No function allocates, locks, waits or prints. Of one model at most one function that is not
 * [any] may run at a time, which the host sees to; different models do not know of each other. */
#ifndef SPECML_H
#define SPECML_H

#include <stddef.h>
#include <stdint.h>

#define SPECML_VERSION "0.1.0"

#define SPECML_SAMPLE_MAX 1e6     /* a larger input sample is clipped to this */
#define SPECML_STATE_MIN 0x1p-500 /* a smaller state variable is 0: its square is still normal */
#define SPECML_WEIGHT_MAX 0x1p500 /* the largest weight that can be written into a network */

/* A parameter that may change with every sample. Each model has one table of them, which hosts read
 * for their inlets, messages and error texts. A control holds the value that was set; while a call
 * of process brings a signal for it, it follows the signal, and afterwards it is again what it
 * holds. A sample of a signal that is not finite leaves it as it is now. */
typedef struct specml_control {
    const char *name;
    double low, high; /* the range it is clamped to */
    double initial;
} specml_control;

#endif
