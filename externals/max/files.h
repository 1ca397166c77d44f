/* Files: what a box writes of itself, and reads. */
#ifndef SPECML_MAX_FILES_H
#define SPECML_MAX_FILES_H

#include "box.h"

/* all of it [message] */

/* a box that is being made, before any sound */
void files_begin_with(box *x, const char *name);
/* Without a name a dialog asks for one. What cannot be read is an error, and the box goes on with
 * what it has. */
void files_read(box *x, const atoms *given);
void files_write(box *x, const atoms *given);

#endif
