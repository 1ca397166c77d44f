/* Wake: what comes on other threads, and in signals, wakes the main thread. */
#ifndef SPECML_JACK_WAKE_H
#define SPECML_JACK_WAKE_H

/* [message] 0, or -1 if the system has none to give. Signals wait until wake_heed_signals, in all
 * threads that begin meanwhile too: the main thread alone will hear them. */
int wake_init(void);
void wake_heed_signals(void);
int wake_signalled(void); /* [message] 1 once a signal has asked the program to end */

void wake(void); /* [any] in signal handlers too */

/* [message] Until something wakes it, something comes from the file (-1: none) or seconds have
 * passed: 1 if the file is to be read. */
int wake_wait(int file, double seconds);

#endif
