/* What a box hands to the audio thread, and how it looks at what comes back. */
#include "box.h"

static const long period = 40; /* ms: 25 times a second */

int box_asleep(box *x)
{
    return !sys_getdspobjdspstate(&x->max.z_ob);
}

void box_wake(box *x)
{
    if (!x->waking) clock_delay(x->clock, period);
    x->waking = 1;
}

static void look(box *x)
{
    x->waking = 0;
    const int busy = handover_look(&x->handover) || x->looks > 0;
    buffer_look(&x->buffer, 0, box_asleep(x));
    if (x->looks > 0) --x->looks;
    if (busy || atomic_load(&x->buffer.name)) box_wake(x);
}

void box_do(box *x, object_task *task)
{
    const int redraws = task && task->redraws, asleep = box_asleep(x);
    handover_give(&x->handover, task, asleep);
    if (redraws) buffer_look(&x->buffer, 1, asleep);
    x->looks = 2 + (int)(x->object.values[x->object.model->fade] / (double)period);
    box_wake(x);
}

void box_rebuild(box *x)
{
    t_dspchain *chain = box_asleep(x) ? NULL : dspchain_fromobject(&x->max.z_ob);
    if (chain) dspchain_setbroken(chain);
}

/* on the scheduler's thread */
static void tick(box *x)
{
    qelem_set(x->qelem);
}

void box_begin_to_look(box *x)
{
    x->clock = clock_new(x, METHOD(tick));
    x->qelem = qelem_new(x, METHOD(look));
}

void box_cease_to_look(box *x)
{
    clock_unset(x->clock);
    freeobject(x->clock);
    qelem_free(x->qelem);
}
