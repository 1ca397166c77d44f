/* Reshape: when a network changes its shape, the parameters that the old and the new one share,
 * those of the same layer, unit and input, stay. */
#ifndef SPECML_PD_RESHAPE_H
#define SPECML_PD_RESHAPE_H

#include "network.h"

/* What of `from` has a place in `to` is copied there; nothing is, if memory is short. */
void reshape(const network *from, network *to);

#endif
