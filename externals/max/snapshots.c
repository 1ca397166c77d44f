#include "snapshots.h"

void snapshots_store(box *x, const atoms *given)
{
    box_do(x, object_store(&x->object, given->count, given->words));
}

void snapshots_recall(box *x, const atoms *given)
{
    box_do(x, object_recall(&x->object, given->count, given->words));
}

void snapshots_morph(box *x, const atoms *given)
{
    box_do(x, object_morph(&x->object, given->count, given->words));
}

void snapshots_forget(box *x, const atoms *given)
{
    object_forget(&x->object, given->count, given->words);
}

void snapshots_tell(box *x, const atoms *given)
{
    (void)given;
    object_snapshots(&x->object);
}
