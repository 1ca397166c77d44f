/* Where the core refuses to run, no box is made. */
#ifndef SPECML_PD_REFUSAL_H
#define SPECML_PD_REFUSAL_H

#include <m_pd.h>

#include "isa.h"

/* Asked in setup: 1 if it does; it is said then, once for each kind of box. */
static inline int refused(const char *object)
{
    const char *why = isa_refusal();
    if (why) pd_error(NULL, "%s refuses to run: %s", object, why);
    return why != NULL;
}

#endif
