/* [unlearn~ neurons inputs maxdelay]: neurons in a delay network whose weights circle and never
 * settle.
 *
 * Inlets: external signal, of which a multichannel one feeds several external inputs; lambda, mu,
 * nu, strength, radius, friction, centre, pivot as signals or floats.
 * Outlets: -outs M signals, of which the j-th is the mean of neurons i with i mod M = j, or with
 * -mc one multichannel signal, a channel for each neuron; info.
 * Words: externals/object/unlearn.c. Each is a message, and with a dash a flag. */
#include "box.h"

EXPORT void unlearn_tilde_setup(void)
{
    box_setup("unlearn~", &object_unlearn);
}
