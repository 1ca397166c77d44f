/* What a box does for its object: it says what that says, and runs its tasks. */
#include "atoms.h"
#include "box.h"

/* declared in Pd's m_imp.h */
EXTERN t_float *obj_findsignalscalar(const t_object *x, int inlet);

static void say(void *owner, object_level level, const char *text)
{
    const char *name = class_getname(pd_class(&((box *)owner)->pd.ob_pd));
    if (level == OBJECT_ERROR)
        pd_error(owner, "%s: %s", name, text);
    else
        post("warning: %s: %s", name, text);
}

static void tell(void *owner, const char *name, size_t count, const double *numbers,
                 const char *symbol)
{
    atoms_tell(((box *)owner)->info, name, count, numbers, symbol);
}

/* while there is no sound, nothing is kept waiting */
static void put_aside(void *owner, object_writing *writing)
{
    box *x = owner;
    worker_give(&x->worker, writing);
    if (!pd_getdspstate()) worker_wait(&x->worker);
}

const object_host box_host = {say, tell, put_aside, PD_FLOATSIZE == 32 ? 0x1p24 : WORD_INTEGER_MAX,
                              '-'};

/* what has faded out is freed */
void box_collect(box *x)
{
    object_collect(&x->object);
    if (x->object.layered > 1) clock_delay(x->collector, 100.0);
}

/* Pd has one thread for messages and sound. */
void box_do(box *x, object_task *task)
{
    const int redraws = task && task->redraws;
    while (task) {
        object_run(&x->object, task);
        task = object_end(&x->object, task);
    }
    if (!redraws) return;
    array_show(&x->array);
    box_collect(x);
}

void box_do_all(box *x, object_task *task, int outs)
{
    const object *o = &x->object;
    if (!task) return;
    array_outdate(&x->array);
    box_do(x, task);
    for (int k = 0; k < o->model->inlets; ++k)
        pd_float((t_pd *)x->inlets[k], (t_float)o->values[k]);
    if (object_outs(o) != outs) canvas_update_dsp();
}

void box_hold_inlets(box *x)
{
    object *o = &x->object;
    const int first = object_inlets(o) - o->model->inlets;
    for (int k = 0; k < o->model->inlets; ++k) {
        const double low = o->model->words[k].is->low, high = o->model->high(o->values, k);
        double value = (double)*obj_findsignalscalar(&x->pd, first + k);
        if ((t_float)value == (t_float)o->values[k]) continue;
        value = value > high ? high : value > low ? value : low;
        const word_given given = {1, value, ""};
        box_do(x, object_set(o, k, 1, &given));
    }
}
