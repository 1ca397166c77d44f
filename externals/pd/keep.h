/* Keep: the patch itself carries what a box has learnt, in the way of Pd's own saved arrays. The
 * line that makes the box is followed by
 *
 *     #A kept LINE LINES n n n ..;
 *
 * LINES of them, 0 first, with the bytes of a state file, two in each n, the lower one first: whole
 * numbers that every Pd prints exactly. Their number is even. The box that was made last is bound
 * to #A, in files and copies alike. */
#ifndef SPECML_PD_KEEP_H
#define SPECML_PD_KEEP_H

#include <m_pd.h>

#include <stddef.h>

struct box;

/* what has come of it */
typedef struct {
    int next, lines; /* the line that is waited for, of so many; 0: none */
    unsigned char *bytes;
    size_t count;
    t_clock *clock; /* looks after the patch has been loaded */
} keep;

void keep_setup(t_class *c);
void keep_init(struct box *x);
void keep_free(struct box *x);
void keep_bind(struct box *x); /* what follows is for it */

#endif
