/* Snapshots: what a box has learnt, by name, and what lies between two. */
#ifndef SPECML_MAX_SNAPSHOTS_H
#define SPECML_MAX_SNAPSHOTS_H

#include "box.h"

/* all of it [message] */

void snapshots_store(box *x, const atoms *given);
void snapshots_recall(box *x, const atoms *given);
void snapshots_morph(box *x, const atoms *given);
void snapshots_forget(box *x, const atoms *given);
void snapshots_tell(box *x, const atoms *given); /* their names */

#endif
