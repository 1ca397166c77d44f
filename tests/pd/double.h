/* What the two halves of the test double share: Pd's side of a class, a box, its array. */
#ifndef SPECML_TESTS_PD_DOUBLE_H
#define SPECML_TESTS_PD_DOUBLE_H

#include <m_pd.h>
#undef class_new
#undef class_addbang

enum { PORTS = 40, SYMBOLS = 1000, METHODS = 64, CLOCKS = 8, ATOMS = 256, SAMPLES = 4096 };

struct _class {
    t_symbol *name;
    t_newmethod make;
    t_method drop;
    t_savefn save;
    size_t size;
    t_symbol *selectors[METHODS];
    t_method methods[METHODS];
    int count, scalar;
};
struct _inlet {
    t_float value;
};
struct _outlet {
    int unused;
};
struct _clock {
    void *owner;
    t_method function;
    double at; /* ms */
};
struct _garray {
    t_word *words;
    int points, generation;
};

extern struct _class the_class;
extern t_inlet inlets[PORTS]; /* but the first */
extern int inlet_count, outlet_count;
extern t_clock *clocks[CLOCKS];
extern int clock_count;
extern t_garray array; /* w */
extern double now;     /* ms */
extern t_perfroutine perform;
extern t_int arguments[8];

/* of a clock that is not set */
#define UNSET (-1e9)

#endif
