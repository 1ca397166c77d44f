/* [autoregnn~ autoreg size width layers lr ridge]: a network that predicts the next sample from the
 * ones before and learns from each miss. A signal of C channels is heard by C networks.
 *
 * Inlets: signal; autoreg, lr, ridge, teacher as signals or floats.
 * Outlets: prediction, error, info.
 * Words: externals/object/autoregnn.c. Each is a message, and with a dash a flag. */
#include "box.h"

EXPORT void autoregnn_tilde_setup(void)
{
    box_setup("autoregnn~", &object_autoregnn);
}
