/* Atoms: what Max says as what an object is told, and back. */
#ifndef SPECML_MAX_ATOMS_H
#define SPECML_MAX_ATOMS_H

#include "api.h"

#include "object.h"

typedef struct {
    int count;
    word_given *words; /* (count,) */
} atoms;

/* None if memory is short. Their texts last until they are freed. */
atoms atoms_given(long argc, const t_atom *argv);
void atoms_free(atoms *given);
/* One message to an outlet: numbers, or the symbol if there is one; without a name a list. 0, or -1
 * if Max's lists are too short for it. */
int atoms_tell(t_outlet *outlet, const char *name, size_t count, const double *numbers,
               const char *symbol);

#endif
