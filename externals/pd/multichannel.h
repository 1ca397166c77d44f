/* Multichannel signals, which Pd has since 0.54, found at run time: one binary loads in older Pds
 * too, where every signal has one channel. */
#ifndef SPECML_PD_MULTICHANNEL_H
#define SPECML_PD_MULTICHANNEL_H

#include <m_pd.h>

#ifndef CLASS_MULTICHANNEL
#define CLASS_MULTICHANNEL 0x10 /* ignored by older Pds */
#endif

void multichannel_find(void); /* once, in setup */
int multichannel_found(void); /* 1 if this Pd has them */

int multichannel_count(const t_signal *signal);
/* Makes an output signal; to be called for every outlet of a multichannel class, after everything
 * has been read from the input signals, whose place it may take. */
void multichannel_make(t_signal **signal, int channels);

#endif
