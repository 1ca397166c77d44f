/* Settings: what creation arguments, flags and messages may set. Each object has one table of them,
 * and each setting one word, which is its message, its flag (with a dash) and its line in a report.
 * A value that is refused is named in a clickable error together with what would have been
 * accepted, and the old value stays. */
#ifndef SPECML_PD_SETTINGS_H
#define SPECML_PD_SETTINGS_H

#include <m_pd.h>

#include "specml.h"

#define SETTINGS_SEED_MAX                                                                          \
    (PD_FLOATSIZE == 32 ? 0x1p24 : 0x1p53) /* integers that a float can name */

typedef enum { SETTING_REAL, SETTING_WHOLE, SETTING_CHOICE, SETTING_SWITCH } setting_kind;

typedef struct {
    const char *name;
    setting_kind kind;
    double low, high, initial;
    const char *const *choices; /* (high + 1,) the words for 0, 1, ..; only for SETTING_CHOICE */
} setting;

/* What a box may say: flags in any place, arguments in their order. */
typedef struct {
    t_object *owner;
    const setting *table; /* (count,) */
    int count;
    const int *positions; /* (arguments,) which setting the k-th argument is */
    int arguments;
    double *values;  /* (count,) */
    t_symbol *bound; /* what -table names, or NULL */
} settings_box;

/* The first `count` entries of a table from a model's own. */
void settings_from_controls(setting *table, const specml_control *controls, int count);
void settings_initial(double *values, const setting *table, int count);

int settings_find(const setting *table, int count, const char *name); /* -1 if there is none */
/* 1 if argv begins with a value for the setting, else 0 after an error and nothing written */
int settings_read(t_object *owner, const setting *s, int argc, const t_atom *argv, double *value);
/* The array's name, or NULL after an error. */
t_symbol *settings_read_table(t_object *owner, int argc, const t_atom *argv);
void settings_read_box(settings_box *box, int argc, const t_atom *argv);

#endif
