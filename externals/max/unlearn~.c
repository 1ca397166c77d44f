/* [unlearn~ neurons inputs maxdelay]: neurons in a delay network whose weights circle and never
 * settle.
 *
 * Inlets: external signal, of which a multichannel one feeds several external inputs; lambda, mu,
 * nu, strength, radius, friction, centre, pivot as signals or floats.
 * Outlets: @outs M signals, of which the j-th is the mean of neurons i with i mod M = j; as
 * [mc.unlearn~] one multichannel signal, a channel for each neuron; info.
 * Words: externals/object/unlearn.c. Each is an attribute, and so a message. */
#include "box.h"

C74_EXPORT void ext_main(void *resources)
{
    (void)resources;
    box_setup("unlearn~", &object_unlearn);
    box_setup("mc.unlearn~", &object_unlearn);
}
