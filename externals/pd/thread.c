#ifdef _WIN32
#include <windows.h>
#endif
#include "thread.h"

#ifdef _WIN32
static DWORD WINAPI begin(void *given)
{
    thread *t = given;
    t->run(t->owner);
    return 0;
}

int thread_start(thread *t, void (*run)(void *), void *owner)
{
    t->run = run;
    t->owner = owner;
    t->handle = CreateThread(NULL, 0, begin, t, 0, NULL);
    return t->handle != NULL;
}

void thread_join(thread *t)
{
    WaitForSingleObject(t->handle, INFINITE);
    CloseHandle(t->handle);
}
#else
static void *begin(void *given)
{
    thread *t = given;
    t->run(t->owner);
    return NULL;
}

int thread_start(thread *t, void (*run)(void *), void *owner)
{
    t->run = run;
    t->owner = owner;
    return !pthread_create(&t->handle, NULL, begin, t);
}

void thread_join(thread *t)
{
    pthread_join(t->handle, NULL);
}
#endif
