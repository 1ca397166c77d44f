/* Table: a network's weights in an array of Pd, where a person sees them learn and draws them.
 *
 * A clock, not the perform routine, looks 25 times a second: it takes in the entries that someone
 * else has changed since it last looked, then shows all weights anew. The network keeps its own
 * doubles, so an array that nobody touches changes no bit of the sound. What is found in an array
 * that is new, or was resized, is not taken for a drawing: it is written over. */
#ifndef SPECML_PD_TABLE_H
#define SPECML_PD_TABLE_H

#include <m_pd.h>

/* What a table asks of an object. */
typedef struct {
    size_t (*count)(const void *owner);              /* weights */
    void (*get)(const void *owner, double *weights); /* (count,) */
    void (*set)(void *owner, size_t index, double weight);
} table_model;

typedef enum { TABLE_WELL, TABLE_MISSING, TABLE_SHORT, TABLE_MEMORY } table_state;

typedef struct {
    t_object *owner;
    const table_model *model;
    t_clock *clock;
    t_symbol *name; /* of the array, NULL: not bound */
    /* the array as it was found: pointer tells whether it still stands there unresized */
    t_garray *array;
    t_gpointer pointer;
    t_class **bound; /* what the name stood for */
    /* weights as last shown */
    size_t count;
    double *weights;    /* (count,) */
    t_float *published; /* (count,) */
    table_state state;  /* that an error has told */
} table;

void table_init(table *t, t_object *owner, const table_model *model);
void table_free(table *t);
/* NULL unbinds. An array that is not there yet is waited for. */
void table_bind(table *t, t_symbol *name);
/* [table NAME( binds, [table( unbinds */
void table_message(table *t, int argc, const t_atom *argv);
void table_show(table *t); /* at once, after the weights have been replaced */

#endif
