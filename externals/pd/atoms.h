/* Atoms: what Pd says as what an object is told, and back. */
#ifndef SPECML_PD_ATOMS_H
#define SPECML_PD_ATOMS_H

#include <m_pd.h>

#include "object.h"

typedef struct {
    int count;
    word_given *words; /* (count,) */
    size_t bytes;
} atoms;

/* None if memory is short. Their texts last until they are freed. */
atoms atoms_given(int argc, const t_atom *argv);
void atoms_free(atoms *given);
/* one message to an outlet: numbers, or the symbol if there is one; without a name a list */
void atoms_tell(t_outlet *outlet, const char *name, size_t count, const double *numbers,
                const char *symbol);

#endif
