/* What a box does for its object: it says what that says, and runs its tasks. */
#include "atoms.h"
#include "box.h"

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

const object_host box_host = {say, tell, NULL, PD_FLOATSIZE == 32 ? 0x1p24 : WORD_INTEGER_MAX, '-'};

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
