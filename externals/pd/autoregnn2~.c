/* [autoregnn2~ mix size width lr ridge]: two networks, each learning its own input; what speaks is
 * a mixture of their parameters. Signals of C channels are heard by C pairs.
 *
 * Inlets: signal 1; signal 2, mix, lr, ridge as signals or floats.
 * Outlets: prediction, error 1, error 2, info.
 * Words: externals/object/autoregnn2.c. Each is a message, and with a dash a flag. */
#include "box.h"

EXPORT void autoregnn2_tilde_setup(void)
{
    box_setup("autoregnn2~", &object_autoregnn2);
}
