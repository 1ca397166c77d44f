/* Which thread of Max this one plays, and the end of a program that breaks a rule. */
#include "stub.h"

#include <stdio.h>
#include <stdlib.h>

static EACH_THREAD stub_thread thread = MAIN;

stub_thread stub_play(stub_thread role)
{
    const stub_thread before = thread;
    thread = role;
    return before;
}

int stub_is_main(void)
{
    return thread == MAIN;
}

void stub_forbid(const char *what)
{
    fprintf(stderr, "forbidden: %s\n", what);
    fflush(stderr);
    exit(70);
}

void stub_only(int threads, const char *function)
{
#ifdef STUB_DEFERS_NOTHING /* to see what this is for */
    return;
#endif
    if (thread & threads) return;
    fprintf(stderr, "%s: ", function);
    stub_forbid(thread == AUDIO ? "on the audio thread" : "on the scheduler's thread");
}
