#include "handover.h"

enum { NOBODY, AUDIO, MESSAGES };
enum { ASLEEP = 8 }; /* looks without a block: longer than any block lasts */

void handover_init(handover *h, object *o)
{
    *h = (handover){.object = o};
}

/* 1 if nobody else is in the object, and now this thread is */
static int enter(handover *h, int thread)
{
    int nobody = NOBODY;
    return atomic_compare_exchange_strong(&h->inside, &nobody, thread);
}

/* what has been given, the oldest first */
static void run_all(handover *h)
{
    object_task *task = atomic_exchange(&h->given, NULL);
    while (task) {
        object_task *next = task->next;
        object_run(h->object, task);
        task->next = atomic_load(&h->done);
        while (!atomic_compare_exchange_weak(&h->done, &task->next, task)) {
        }
        task = next;
    }
}

/* ---- [audio] ---- */

int handover_enter(handover *h)
{
    atomic_fetch_add(&h->blocks, 1);
    if (!enter(h, AUDIO)) return 0;
    run_all(h);
    return 1;
}

void handover_leave(handover *h)
{
    atomic_store(&h->inside, NOBODY);
}

/* ---- [message] ---- */

static object_task *reversed(object_task *list)
{
    object_task *other = NULL;
    while (list) {
        object_task *next = list->next;
        list->next = other;
        other = list;
        list = next;
    }
    return other;
}

static void append(object_task **list, object_task *task)
{
    while (*list) list = &(*list)->next;
    *list = task;
}

/* Takes back what has not been run yet, and gives it again with this after it. */
static void give(handover *h, object_task *task)
{
    object_task *list = atomic_exchange(&h->given, NULL);
    task->next = NULL;
    append(&list, task);
    h->late = task->late;
    atomic_store(&h->given, list);
}

static void give_kept(handover *h)
{
    while (h->kept && !h->late) {
        object_task *next = h->kept->next;
        give(h, h->kept);
        h->kept = next;
    }
}

static void end_all(handover *h)
{
    object_task *task = reversed(atomic_exchange(&h->done, NULL));
    while (task) {
        object_task *following = task->next;
        const int late = task->late;
        object_task *again = object_end(h->object, task);
        if (again) {
            again->late = 0;
            give(h, again);
        }
        if (late) h->late = 0;
        task = following;
    }
    give_kept(h);
}

static int is_under_way(handover *h)
{
    return atomic_load(&h->given) || atomic_load(&h->done) || h->kept;
}

/* The audio thread is asleep: if it wakes up this moment, it finds the object occupied. */
static void stand_in(handover *h)
{
    while (atomic_load(&h->given) && enter(h, MESSAGES)) {
        run_all(h);
        atomic_store(&h->inside, NOBODY);
        end_all(h);
    }
}

void handover_give(handover *h, object_task *task, int asleep)
{
    if (!task) return;
    task->next = NULL;
    if (h->late)
        append(&h->kept, task);
    else
        give(h, task);
    if (asleep) stand_in(h);
}

int handover_look(handover *h)
{
    const unsigned blocks = atomic_load(&h->blocks);
    end_all(h);
    h->idle = blocks == h->seen ? h->idle + 1 : 0;
    h->seen = blocks;
    if (h->idle >= ASLEEP) {
        h->idle = ASLEEP;
        stand_in(h);
    }
    object_collect(h->object);
    return is_under_way(h);
}

int handover_is_done(handover *h)
{
    return atomic_load(&h->done) != NULL;
}

/* nothing is told any more */
static void drop(handover *h, object_task *list)
{
    while (list) {
        object_task *next = list->next;
        list->done = 0;
        object_end(h->object, list);
        list = next;
    }
}

void handover_free(handover *h)
{
    drop(h, reversed(atomic_exchange(&h->done, NULL)));
    drop(h, atomic_exchange(&h->given, NULL));
    drop(h, h->kept);
    h->kept = NULL;
}
