/* Snapshots: what a box has learnt, by name, and what lies between two. */
#ifndef SPECML_PD_SNAPSHOTS_H
#define SPECML_PD_SNAPSHOTS_H

#include <m_pd.h>

void snapshots_add_messages(t_class *c);

#endif
