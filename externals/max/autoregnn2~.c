/* [autoregnn2~ mix size width lr ridge]: two networks, each learning its own input; what speaks is
 * a mixture of their parameters. [mc.autoregnn2~] has as many pairs as its signals have channels.
 *
 * Inlets: signal 1; signal 2; mix, lr, ridge as signals or floats.
 * Outlets: prediction, error 1, error 2, info.
 * Words: externals/object/autoregnn2.c. Each is an attribute, and so a message. */
#include "box.h"

C74_EXPORT void ext_main(void *resources)
{
    (void)resources;
    box_setup("autoregnn2~", &object_autoregnn2);
}
