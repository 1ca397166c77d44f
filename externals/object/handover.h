/* Handover: an object between two threads, the one that is told and the one that sounds. Tasks
 * cross by one atomic pointer each way, in the order in which they were given; neither thread waits
 * for the other. While no sound is asked for, the message thread stands in for the audio thread. */
#ifndef SPECML_HANDOVER_H
#define SPECML_HANDOVER_H

#include "object.h"

typedef struct {
    object *object;
    _Atomic(object_task *) given; /* to be run, the oldest first */
    _Atomic(object_task *) done;  /* to be ended, the newest first */
    atomic_int inside;            /* which thread is in the object */
    atomic_uint blocks;           /* that have been begun */
    /* [message] */
    object_task *kept; /* what waits until a late one has been run twice */
    int late;          /* such a one is on its way */
    unsigned seen;     /* blocks at the last look */
    int idle;          /* looks since there was another one */
} handover;

void handover_init(handover *h, object *o); /* [stopped] */
void handover_free(handover *h);            /* [stopped] tasks that were not run are dropped */

/* [message] A task, or NULL: nothing. asleep: no block will be asked for now, so that it is run and
 * ended at once. */
void handover_give(handover *h, object_task *task, int asleep);
/* [message] To be called some 25 times a second: ends what has been run, frees what has faded out,
 * and stands in if no block has begun for a while. Returns 1 while something is on its way. */
int handover_look(handover *h);
int handover_is_done(handover *h); /* [message] something has been run that the next look ends */

/* [audio] Runs what has been given: 1, and the object may be processed until handover_leave. Or 0:
 * the other thread stands in this very moment, and this block is silent. */
int handover_enter(handover *h);
void handover_leave(handover *h);

#endif
