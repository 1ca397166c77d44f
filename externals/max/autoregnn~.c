/* [autoregnn~ autoreg size width layers lr ridge]: a network that predicts the next sample from the
 * ones before and learns from each miss. [mc.autoregnn~] has as many as its signal has channels.
 *
 * Inlets: signal; autoreg, lr, ridge, teacher as signals or floats.
 * Outlets: prediction, error, info.
 * Words: externals/object/autoregnn.c. Each is an attribute, and so a message. */
#include "box.h"

C74_EXPORT void ext_main(void *resources)
{
    (void)resources;
    box_setup("autoregnn~", &object_autoregnn);
}
