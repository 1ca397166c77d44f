#include "report.h"

/* What an outlet sets off may change the object: each fact is read before it is told. */

void mean_square_add(mean_square *mean, const double *samples, size_t n)
{
    for (size_t i = 0; i < n; ++i) mean->sum += samples[i] * samples[i];
    mean->samples += (double)n;
}

void report_number(t_outlet *info, const char *name, double value)
{
    t_atom atom;
    SETFLOAT(&atom, (t_float)value);
    outlet_anything(info, gensym(name), 1, &atom);
}

void report_mean_squares(t_outlet *info, mean_square *means, int count)
{
    for (int k = 0; k < count; ++k) {
        const mean_square mean = means[k];
        means[k] = (mean_square){0};
        report_number(info, "mse", mean.samples > 0.0 ? mean.sum / mean.samples : 0.0);
    }
}

static void report_symbol(t_outlet *info, const char *name, t_symbol *value)
{
    t_atom atom;
    SETSYMBOL(&atom, value);
    outlet_anything(info, gensym(name), 1, &atom);
}

void report_settings(t_outlet *info, const setting *table, int count, const double *values)
{
    for (int k = 0; k < count; ++k)
        if (table[k].kind == SETTING_CHOICE)
            report_symbol(info, table[k].name, gensym(table[k].choices[(int)values[k]]));
        else
            report_number(info, table[k].name, values[k]);
}

void report_weights(t_outlet *info, const table *t)
{
    const size_t count = t->model->count(t->owner);
    double *weights = getbytes(count * sizeof *weights);
    if (weights) {
        t->model->get(t->owner, weights);
        double low = weights[0], high = weights[0];
        for (size_t i = 1; i < count; ++i) {
            low = weights[i] < low ? weights[i] : low;
            high = weights[i] > high ? weights[i] : high;
        }
        freebytes(weights, count * sizeof *weights);
        t_atom range[2];
        SETFLOAT(&range[0], (t_float)low);
        SETFLOAT(&range[1], (t_float)high);
        outlet_anything(info, gensym("range"), 2, range);
    }
    report_number(info, "weights", (double)count);
    if (t->name) report_symbol(info, "table", t->name);
}
