/* The table of elementary_tanh; docs/elementary/table.py makes it and says what a row holds. */
#ifndef SPECML_ELEMENTARY_TABLE_H
#define SPECML_ELEMENTARY_TABLE_H

enum { TANH_ROWS = 233, TANH_ROW = 8 /* doubles, a cache line */ };

#pragma GCC visibility push(hidden) /* no name for hosts */
extern const double elementary_tanh_table[TANH_ROWS][TANH_ROW] __attribute__((aligned(64)));
#pragma GCC visibility pop

#endif
