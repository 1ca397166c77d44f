/* Files: what a box writes of itself beside its patch, and reads along the search path. */
#ifndef SPECML_PD_FILES_H
#define SPECML_PD_FILES_H

#include "box.h"

/* weights: those alone. What cannot be read is an error, and the box goes on with what it has. */
void files_read(box *x, const char *name, int weights);
void files_add_messages(t_class *c);

#endif
