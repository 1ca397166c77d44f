/* Snapshots: what was learnt, under names. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "state.h"
#include "utf8.h"

int snapshot_check_name(const char *name)
{
    const size_t length = strlen(name);
    if (length < 1 || length > SNAPSHOT_NAME_MAX || utf8_valid(name, length) < length) return -1;
    for (size_t k = 0; k < length; ++k)
        if ((unsigned char)name[k] < 0x20 || name[k] == 0x7f) return -1;
    return 0;
}

int state_same_shape(const object_model *m, const double *a, const double *b)
{
    for (int k = 0; k < m->count; ++k) {
        const double x = fmin(a[k], m->high(a, k)), y = fmin(b[k], m->high(b, k));
        if (m->words[k].effect == WORD_REBUILDS && x != y) return 0;
    }
    return 1;
}

int state_fits(const state *s, const double *values, char *defect)
{
    char its[WORD_TEXT_MAX], ours[WORD_TEXT_MAX];
    if (state_same_shape(s->model, values, s->values)) return 0;
    s->model->shape(s->values, its);
    s->model->shape(values, ours);
    snprintf(defect, DEFECT_MAX, "its weights are of %.150s, these of %.150s", its, ours);
    return -1;
}

snapshot *snapshot_new(const object_model *model, const char *name, const double *values,
                       int channels)
{
    tensors t = {0};
    model->tensors(values, &t);
    const size_t words = t.learnt_words * (size_t)channels;
    snapshot *s = calloc(1, sizeof *s + words * sizeof *s->words);
    if (!s) return NULL;
    atomic_init(&s->hands, 1);
    snprintf(s->name, sizeof s->name, "%s", name);
    memcpy(s->values, values, sizeof s->values);
    s->channels = channels;
    return s;
}

void snapshot_release(snapshot *s)
{
    if (s && atomic_fetch_sub(&s->hands, 1) == 1) free(s);
}

/* where it is, or where it would be */
static int place_of(const snapshots *s, const char *name)
{
    int k = 0;
    while (k < s->count && strcmp(s->list[k]->name, name) < 0) ++k;
    return k;
}

snapshot *snapshots_find(const snapshots *s, const char *name)
{
    const int k = place_of(s, name);
    return k < s->count && !strcmp(s->list[k]->name, name) ? s->list[k] : NULL;
}

int snapshots_add(snapshots *s, snapshot *added)
{
    const int k = place_of(s, added->name);
    if (snapshots_find(s, added->name)) {
        snapshot_release(s->list[k]);
        s->list[k] = added;
        return 0;
    }
    snapshot **longer = realloc(s->list, (size_t)(s->count + 1) * sizeof *longer);
    if (!longer) return -1;
    s->list = longer;
    memmove(longer + k + 1, longer + k, (size_t)(s->count - k) * sizeof *longer);
    longer[k] = added;
    ++s->count;
    return 0;
}

void snapshots_remove(snapshots *s, const char *name)
{
    const int k = place_of(s, name);
    snapshot_release(s->list[k]);
    --s->count;
    memmove(s->list + k, s->list + k + 1, (size_t)(s->count - k) * sizeof *s->list);
}

int snapshots_copy(snapshots *to, const snapshots *from)
{
    *to = (snapshots){0};
    if (!from->count) return 0;
    to->list = malloc((size_t)from->count * sizeof *to->list);
    if (!to->list) return -1;
    for (; to->count < from->count; ++to->count) {
        to->list[to->count] = from->list[to->count];
        atomic_fetch_add(&from->list[to->count]->hands, 1);
    }
    return 0;
}

void snapshots_free(snapshots *s)
{
    for (int k = 0; k < s->count; ++k) snapshot_release(s->list[k]);
    free(s->list);
    *s = (snapshots){0};
}
