#include "reshape.h"

#include <m_pd.h>

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* where a layer's parameters begin; layer L is the output */
static size_t begins(const network *net, size_t layer)
{
    const size_t H = net->width;
    return layer == 0 ? 0 : H * (net->size + 1) + (layer - 1) * H * (H + 1);
}

/* layer i of one becomes layer k of the other */
static void copy_layer(const double *old, const network *from, size_t i, double *fresh,
                       const network *to, size_t k)
{
    const size_t old_rows = network_rows(from, i), rows = network_rows(to, k);
    const size_t old_units = i == from->layers ? 1 : from->width;
    const size_t units = k == to->layers ? 1 : to->width;
    old += begins(from, i);
    fresh += begins(to, k);
    for (size_t unit = 0; unit < smaller(old_units, units); ++unit) {
        for (size_t row = 0; row < smaller(old_rows, rows); ++row)
            fresh[unit * rows + row] = old[unit * old_rows + row];
        fresh[units * rows + unit] = old[old_units * old_rows + unit]; /* bias */
    }
}

static void copy(const double *old, const network *from, double *fresh, const network *to)
{
    for (size_t layer = 0; layer < smaller(from->layers, to->layers); ++layer)
        copy_layer(old, from, layer, fresh, to, layer);
    copy_layer(old, from, from->layers, fresh, to, to->layers);
}

void reshape(const network *from, network *to)
{
    const size_t had = network_count(from) * sizeof(double),
                 have = network_count(to) * sizeof(double);
    double *old = getbytes(had), *fresh = getbytes(have); /* canonical order */
    if (old && fresh) {
        network_get_parameters(from, old);
        network_get_parameters(to, fresh);
        copy(old, from, fresh, to);
        network_set_parameters(to, fresh);
    }
    if (old) freebytes(old, had);
    if (fresh) freebytes(fresh, have);
}
