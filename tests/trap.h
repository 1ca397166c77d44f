/* What the hosts of the tests do around perform: set the trap of trap.c or tell RealtimeSanitizer,
 * whichever is preloaded, and at the word SIN of the environment, malloc, lock, write, printf, leak
 * or overrun, do what perform must not. */
#ifndef SPECML_TESTS_TRAP_H
#define SPECML_TESTS_TRAP_H

#ifdef _WIN32 /* there is no trap */

#define trap_set(armed) (void)0
#define trap_sin() (void)0

#else

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static inline void trap_set(int armed)
{
    static __thread int *trap, own, sanitized; /* __thread: C and C++ */
    static __thread void (*turn[2])(void);
    if (!trap) {
        trap = (int *)dlsym(RTLD_DEFAULT, "trap_armed");
        if (!trap) trap = &own;
        *(void **)&turn[0] = dlsym(RTLD_DEFAULT, "__rtsan_realtime_exit");
        *(void **)&turn[1] = dlsym(RTLD_DEFAULT, "__rtsan_realtime_enter");
    }
    *trap = armed;
    if (turn[armed] && sanitized != armed) turn[armed]();
    sanitized = armed;
}

static inline void trap_sin(void)
{
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    static void *volatile memory;
    const char *sin = getenv("SIN");
    if (!sin) return;
    if (!strcmp(sin, "malloc")) free(memory = malloc(8));
    if (!strcmp(sin, "lock")) pthread_mutex_lock(&mutex), pthread_mutex_unlock(&mutex);
    if (!strcmp(sin, "write")) (void)!write(2, "", 0);
    if (!strcmp(sin, "leak")) memory = NULL, memory = malloc(8), memory = NULL;
    if (!strcmp(sin, "overrun")) memory = malloc(8), ((volatile char *)memory)[8] = 0;
    if (!strcmp(sin, "printf")) fprintf(stderr, "%s %d\n", sin, 0);
}

#endif

#endif
