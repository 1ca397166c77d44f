#include "worker.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "thread.h"

static const double period = 10.0; /* ms between two looks */

struct worker_file {
    struct worker_file *next;
    object_writing *writing;
    thread thread;
    int started;
    atomic_int done;
};

static worker *workers; /* to be waited for when Pd quits */

/* ---- one file ---- */

static void run(void *given)
{
    worker_file *file = given;
    object_writing_run(file->writing);
    atomic_store(&file->done, 1);
}

/* Where there is no thread, or Windows has ended it because Pd quits, it is written here. */
static void finish(worker_file *file)
{
    if (file->started) thread_join(&file->thread);
    file->started = 0;
    if (!atomic_load(&file->done)) run(file);
}

static void finish_all(void)
{
    for (const worker *w = workers; w; w = w->next)
        for (worker_file *file = w->files; file; file = file->next) finish(file);
}

/* ---- one after the other ---- */

static void start_first(worker *w)
{
    worker_file *file = w->files;
    if (!file || file->started) return;
    file->started = thread_start(&file->thread, run, file);
    clock_delay(w->clock, period);
}

/* what it says may give the next, or wait for all */
static void end_first(worker *w)
{
    worker_file *file = w->files;
    finish(file);
    w->files = file->next;
    object_writing_end(w->object, file->writing);
    free(file);
}

static void tick(worker *w)
{
    if (w->files->started && !atomic_load(&w->files->done)) {
        clock_delay(w->clock, period);
        return;
    }
    end_first(w);
    start_first(w);
}

void worker_give(worker *w, object_writing *writing)
{
    worker_file *file = calloc(1, sizeof *file), **last = &w->files;
    if (!file) {
        worker_wait(w);
        object_writing_run(writing);
        object_writing_end(w->object, writing);
        return;
    }
    file->writing = writing;
    while (*last) last = &(*last)->next;
    *last = file;
    start_first(w);
}

void worker_wait(worker *w)
{
    while (w->files) end_first(w);
    clock_unset(w->clock);
}

int worker_is_full(const worker *w)
{
    int count = 0;
    for (const worker_file *file = w->files; file; file = file->next) ++count;
    return count >= WORKER_FILES_MAX;
}

/* ---- life ---- */

void worker_init(worker *w, object *object)
{
    static int registered;
    if (!registered) registered = !atexit(finish_all);
    w->object = object;
    w->clock = clock_new(w, (t_method)tick);
    w->next = workers;
    workers = w;
}

void worker_free(worker *w)
{
    worker **at = &workers;
    worker_wait(w);
    while (*at != w) at = &(*at)->next;
    *at = w->next;
    clock_free(w->clock);
}
