#include "wake.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

static int ends[2]; /* of a pipe: what is written into the second wakes who waits at the first */
static volatile sig_atomic_t signalled;
static const int heeded[] = {SIGINT, SIGTERM, SIGHUP};
enum { HEEDED = sizeof heeded / sizeof *heeded };

void wake(void)
{
    (void)!write(ends[1], "", 1); /* a full pipe wakes as well */
}

static void heed(int number)
{
    (void)number;
    signalled = 1;
    wake();
}

static sigset_t those_heeded(void)
{
    sigset_t set;
    sigemptyset(&set);
    for (int k = 0; k < HEEDED; ++k) sigaddset(&set, heeded[k]);
    return set;
}

/* A reader of the answers who goes away does not end the sound, nor does a terminal that others
 * have in the foreground stop it. A second signal ends the program at once. */
int wake_init(void)
{
    const sigset_t set = those_heeded();
    struct sigaction ignore = {.sa_handler = SIG_IGN},
                     once = {.sa_handler = heed, .sa_flags = (int)SA_RESETHAND};
    if (pipe(ends)) return -1;
    for (int k = 0; k < 2; ++k) {
        fcntl(ends[k], F_SETFL, O_NONBLOCK);
        fcntl(ends[k], F_SETFD, FD_CLOEXEC);
    }
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGTTIN, &ignore, NULL);
    for (int k = 0; k < HEEDED; ++k) sigaction(heeded[k], &once, NULL);
    return 0;
}

void wake_heed_signals(void)
{
    const sigset_t set = those_heeded();
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

int wake_signalled(void)
{
    return signalled;
}

int wake_wait(int file, double seconds)
{
    char ignored[64];
    struct pollfd waits[] = {{ends[0], POLLIN, 0}, {file, POLLIN, 0}};
    const int ready = poll(waits, 2, seconds > 0.0 ? (int)(seconds * 1000.0) + 1 : 0);
    while (read(ends[0], ignored, sizeof ignored) > 0) {
    }
    return ready > 0 && file >= 0 && waits[1].revents != 0;
}
