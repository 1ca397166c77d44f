/* Thread: one function that runs beside Pd's own. */
#ifndef SPECML_PD_THREAD_H
#define SPECML_PD_THREAD_H

#ifndef _WIN32
#include <pthread.h>
#endif

typedef struct {
    void (*run)(void *owner);
    void *owner;
#ifdef _WIN32
    void *handle;
#else
    pthread_t handle;
#endif
} thread;

/* 1, or 0 if the system has none to give; t stays where it is until it is joined */
int thread_start(thread *t, void (*run)(void *), void *owner);
void thread_join(thread *t); /* waits for its end */

#endif
