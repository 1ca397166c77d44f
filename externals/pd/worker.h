/* Worker: writes files on a thread of its own while sound goes on, one after the other in the order
 * in which they were given. Pd's thread asks for the end, and waits only where it has to know. */
#ifndef SPECML_PD_WORKER_H
#define SPECML_PD_WORKER_H

#include <m_pd.h>

#include "object.h"

enum { WORKER_FILES_MAX = 8 /* that wait, the one that is being written with them */ };

typedef struct worker_file worker_file;

typedef struct worker {
    struct worker *next; /* of all that there are */
    object *object;
    t_clock *clock;
    worker_file *files; /* the first is being written */
} worker;

void worker_init(worker *w, object *object);
void worker_free(worker *w); /* waits */
/* 1 if as many wait as may: no other should be given */
int worker_is_full(const worker *w);
void worker_give(worker *w, object_writing *writing);
/* Until all is written, and said to be. When Pd quits, that waits too. */
void worker_wait(worker *w);

#endif
