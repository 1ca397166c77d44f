/* Report: what an object tells about itself at its info outlet, one message for each fact. */
#ifndef SPECML_PD_REPORT_H
#define SPECML_PD_REPORT_H

#include <m_pd.h>

#include "settings.h"
#include "table.h"

/* Mean square of a signal since it was last told. */
typedef struct {
    double sum, samples;
} mean_square;

void mean_square_add(mean_square *mean, const double *samples, size_t n); /* in perform */

void report_settings(t_outlet *info, const setting *table, int count, const double *values);
/* one `mse` for each, 0 if nothing has sounded, and begins anew */
void report_mean_squares(t_outlet *info, mean_square *means, int count);
void report_number(t_outlet *info, const char *name, double value);
/* how many weights there are, their range, and the array that shows them, if one is bound */
void report_weights(t_outlet *info, const table *t);

#endif
