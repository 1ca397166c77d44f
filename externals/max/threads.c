/* What a box hands to the audio thread, and how it looks at what comes back. The audio thread never
 * waits; the main thread does where Max wants an answer at once. */
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

/* 1 while something is on its way */
static int look_once(box *x)
{
    const int busy = handover_look(&x->handover);
    if (!busy) x->writing = 0;
    return busy;
}

static void look(box *x)
{
    x->waking = 0;
    const int busy = look_once(x) || x->looks > 0;
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

void box_do_all(box *x, object_task *task, int width)
{
    if (!task) return;
    box_do(x, task);
    attributes_changed(x);
    if (object_width(&x->object) != width) box_rebuild(x);
}

void box_begin_with(box *x, object_task *task)
{
    if (task) buffer_outdate(&x->buffer);
    handover_give(&x->handover, task, 1);
}

/* Looks as soon as something has been done, or else as often as ever: see handover_look. */
int box_wait(box *x)
{
    enum { STEP = 10, LONGEST = 1000 }; /* ms */
    long since = period;
    for (long waited = 0; waited < LONGEST; waited += STEP, since += STEP) {
        if (since >= period || handover_is_done(&x->handover)) {
            if (!look_once(x)) return 1;
            since = 0;
        }
        systhread_sleep(STEP);
    }
    return 0;
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
