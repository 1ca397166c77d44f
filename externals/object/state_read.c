/* States as they are read. What a file says is believed only after it has been looked at. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "number.h"
#include "state.h"
#include "utf8.h"

typedef struct {
    state *s;
    const object_model *m;
    safetensors file;
    tensors t;
    const unsigned char *data;
    size_t expected; /* tensors that were looked for */
    char *used;      /* (entry_count,) 1: it was */
    char *defect;
} reader;

static int fail(reader *r, const char *what, const char *name)
{
    snprintf(r->defect, DEFECT_MAX, "%s%.120s", what, name);
    return -1;
}

/* ---- metadata ---- */

static int read_kind(reader *r)
{
    const char *format = safetensors_fact(&r->file, "format");
    const char *model = safetensors_fact(&r->file, "model");
    if (!format || strcmp(format, "specml 1"))
        snprintf(r->defect, DEFECT_MAX, "it is no state of specml: its format is %.40s%.100s%s",
                 format ? "\"" : "not said", format ? format : "",
                 format ? "\", not \"specml 1\"" : "");
    else if (!model || strcmp(model, r->m->name))
        snprintf(r->defect, DEFECT_MAX, "it is of the model %.100s, this is %s",
                 model ? model : "that it does not name", r->m->name);
    else
        return 0;
    return -1;
}

/* A seed may be larger than values can say. */
static int read_value(reader *r, int which, double high)
{
    const word *w = &r->m->words[which];
    char refusal[WORD_TEXT_MAX];
    word_given given = {0, 0.0, safetensors_fact(&r->file, w->is->name)};
    if (!given.text) return fail(r, "its metadata lacks ", w->is->name);
    given.is_number = number_read(given.text, &given.number);
    if (which == r->m->seed && given.is_number && given.number > high && given.number <= 0x1p64) {
        r->s->seed_lost = 1;
        given.number = high;
    }
    if (word_read(w, high, &given, &r->s->values[which], refusal)) return 0;
    snprintf(r->defect, DEFECT_MAX, "in its metadata %.*s", DEFECT_MAX - 40, refusal);
    return -1;
}

/* a number that is no word: within low..high, whole if `whole` */
static int read_number(reader *r, const char *key, double low, double high, int whole,
                       double *number)
{
    const char *text = safetensors_fact(&r->file, key);
    if (!text) return fail(r, "its metadata lacks ", key);
    if (number_read(text, number) && *number >= low && *number <= high &&
        (!whole || *number == floor(*number)))
        return 0;
    snprintf(r->defect, DEFECT_MAX, "in its metadata %s must be %s within %.16g..%.16g, not %.100s",
             key, whole ? "an integer" : "a number", low, high, text);
    return -1;
}

static int read_settings(reader *r)
{
    const object_model *m = r->m;
    double channels;
    object_initial(m, r->s->values);
    for (int k = 0; k < m->count; ++k)
        if (state_is_told(m, k) && read_value(r, k, m->words[k].is->high)) return -1;
    for (int k = 0; k < m->count; ++k) /* what the others allow */
        if (state_is_told(m, k) && m->high(r->s->values, k) < m->words[k].is->high &&
            read_value(r, k, m->high(r->s->values, k)))
            return -1;
    if (m->set_samplerate && read_number(r, "samplerate", 1.0, 1e6, 0, &r->s->samplerate))
        return -1;
    if (read_number(r, "channels", 1.0, STATE_CHANNELS_MAX, 1, &channels)) return -1;
    r->s->channels = (int)channels;
    return 0;
}

/* ---- tensors ---- */

/* one that must be there, of this type and shape; NULL after a defect */
static const entry *look_up(reader *r, const char *name, const tensor *t)
{
    const entry *e = safetensors_find(&r->file, name);
    if (!e) {
        fail(r, "it lacks the tensor ", name);
        return NULL;
    }
    int fits = e->type == t->type && e->rank == t->rank;
    for (int k = 0; fits && k < t->rank; ++k) fits = e->shape[k] == t->shape[k];
    if (!fits) {
        char wanted[64];
        snprintf(wanted, sizeof wanted, t->rank > 1 ? "(%lu, %lu)" : "(%lu)",
                 (unsigned long)t->shape[0], (unsigned long)t->shape[1]);
        snprintf(r->defect, DEFECT_MAX, "tensor %.100s must be %s of shape %s", name,
                 tensor_types[t->type], wanted);
        return NULL;
    }
    char *used = &r->used[e - r->file.entries];
    r->expected += !*used;
    *used = 1;
    return e;
}

/* a number as it stands there, its limits, and 1 if it is within */
static int is_within(const tensor *t, size_t i, const double *word, double *number)
{
    const double low = t->controls ? t->controls[i].low : t->low;
    const double high = t->controls ? t->controls[i].high : t->high;
    *number = t->type == TENSOR_I64 ? (double)(int64_t)words_get_count(word) : *word;
    return t->type == TENSOR_U64 || (*number >= low && *number <= high);
}

static int check_numbers(reader *r, const char *name, const tensor *t, const double *words)
{
    const size_t count = tensor_words(t);
    double number;
    for (size_t i = 0; i < count; ++i)
        if (!is_within(t, i, &words[i], &number)) {
            snprintf(r->defect, DEFECT_MAX, "tensor %.100s holds %.17g at %lu, which cannot be",
                     name, number, (unsigned long)i);
            return -1;
        }
    return 0;
}

/* Of so many channels, the first `count` tensors of each: that they are there; and if there is room
 * for their words, (channels, words of these), what is in them. */
static int read_tensors(reader *r, int count, const char *first, int channels, double *words)
{
    char prefix[PREFIX_MAX], name[PREFIX_MAX + TENSOR_NAME_MAX];
    for (int c = 0; c < channels; ++c) {
        state_prefix(prefix, first, c);
        for (int k = 0; k < count; ++k) {
            const tensor *t = &r->t.list[k];
            snprintf(name, sizeof name, "%s%s", prefix, t->name);
            const entry *e = look_up(r, name, t);
            if (!e) return -1;
            if (!words) continue;
            memcpy(words, r->data + e->begin, (size_t)(e->end - e->begin));
            if (check_numbers(r, name, t, words)) return -1;
            words += tensor_words(t);
        }
    }
    return 0;
}

/* memory for the words of all channels; they are there, so they are no more than the file */
static int read_channels(reader *r, int count, size_t each, const char *first, int channels,
                         double **words)
{
    if (read_tensors(r, count, first, channels, NULL)) return -1;
    *words = malloc(each * (size_t)channels * sizeof **words);
    if (!*words) return fail(r, "no memory for its numbers", "");
    if (read_tensors(r, count, first, channels, *words)) return -1;
    for (int c = 0; r->m->accepts && c < channels; ++c)
        if (!r->m->accepts(r->s->values, *words + (size_t)c * each))
            return fail(r, "a weight stands where no signal comes in, in ",
                        *first ? first : "w, v or u");
    return 0;
}

/* ---- snapshots ---- */

/* channels of it: as many as there are in a row */
static int count_channels(const reader *r, const char *first)
{
    char prefix[PREFIX_MAX], name[PREFIX_MAX + TENSOR_NAME_MAX];
    int count = 0;
    do {
        state_prefix(prefix, first, count);
        snprintf(name, sizeof name, "%s%s", prefix, r->t.list[0].name);
    } while (safetensors_find(&r->file, name) && ++count < STATE_CHANNELS_MAX);
    return count;
}

static int read_snapshot(reader *r, int number)
{
    char key[32], first[PREFIX_MAX];
    double *words = NULL;
    snprintf(key, sizeof key, "snapshot%d", number);
    const char *name = safetensors_fact(&r->file, key);
    if (!name) return 0;
    if (snapshot_check_name(name) || number > SNAPSHOTS_MAX)
        return fail(r, "its metadata has no name for a snapshot in ", key);
    if (snapshots_find(&r->s->snapshots, name)) return fail(r, "it has two snapshots named ", name);
    snprintf(first, sizeof first, "%s.", key);
    const int count = count_channels(r, first), channels = count ? count : 1;
    if (read_channels(r, r->t.learnt, r->t.learnt_words, first, channels, &words)) {
        free(words);
        return -1;
    }
    snapshot *made = snapshot_new(r->m, name, r->s->values, channels);
    if (made) memcpy(made->words, words, r->t.learnt_words * (size_t)channels * sizeof *words);
    free(words);
    if (made && !snapshots_add(&r->s->snapshots, made)) return 1;
    free(made);
    return fail(r, "no memory for its snapshots", "");
}

static int read_glide(reader *r)
{
    state *s = r->s;
    const char *text = safetensors_fact(&r->file, "glide");
    char rest;
    if (!text) return 0;
    if (strspn(text, "0123456789 ") != strlen(text) ||
        sscanf(text, "%" SCNu64 " %" SCNu64 "%c", &s->steps, &s->wait, &rest) != 2 || !s->steps ||
        s->steps > 0xffffffff || s->wait < 1 || s->wait > 64)
        return fail(
            r, "in its metadata glide must be steps, 1 or more, and samples within 1..64, not ",
            text);
    return read_channels(r, r->t.learnt, r->t.learnt_words, "glide.", s->channels, &s->target);
}

/* ---- a file ---- */

/* what nobody looked for has no place in a state */
static int find_unknown(reader *r)
{
    if (r->expected == r->file.entry_count) return 0;
    size_t k = 0;
    while (r->used[k]) ++k;
    return fail(r, "it has a tensor that a state has not, ", r->file.entries[k].name);
}

static int read_all(reader *r)
{
    state *s = r->s;
    s->heard = safetensors_find(&r->file, r->t.list[r->t.learnt].name) != NULL;
    const int count = s->heard ? r->t.count : r->t.learnt;
    const size_t each = s->heard ? r->t.words : r->t.learnt_words;
    int more = 1;
    if (read_channels(r, count, each, "", s->channels, &s->words)) return -1;
    for (int number = 1; more > 0; ++number) more = read_snapshot(r, number);
    return more < 0 || read_glide(r) || find_unknown(r) ? -1 : 0;
}

/* Names come from the file: no line is broken by them, and where they were cut no character is. */
static void make_printable(char *defect)
{
    const size_t length = strlen(defect);
    for (size_t k = 0; k < length; ++k)
        if ((unsigned char)defect[k] < 0x20 || defect[k] == 0x7f) defect[k] = '?';
    for (size_t k = utf8_valid(defect, length); k < length; k += utf8_valid(defect + k, length - k))
        defect[k] = '?';
}

int state_read(state *s, const object_model *model, source *from, char *defect)
{
    reader r = {.s = s, .m = model, .defect = defect};
    unsigned char *data = NULL;
    *s = (state){.model = model, .samplerate = 48000.0};
    if (safetensors_open(&r.file, from, defect)) {
        make_printable(defect);
        return -1;
    }
    int wrong = read_kind(&r) || read_settings(&r) || safetensors_check(&r.file, defect);
    if (!wrong) {
        model->tensors(s->values, &r.t);
        r.used = calloc(r.file.entry_count + 1, 1);
        data = r.used ? safetensors_data(&r.file, from, defect) : NULL;
        if (!r.used) fail(&r, "no memory for its header", "");
        r.data = data;
        wrong = !data || read_all(&r);
    }
    free(data);
    free(r.used);
    safetensors_close(&r.file);
    if (!wrong) return 0;
    make_printable(defect);
    state_free(s);
    return -1;
}

int state_read_file(state *s, const object_model *model, const char *path, char *defect)
{
    source from = {0};
    from.file = file_open(path, &from.size, defect);
    if (!from.file) return -1;
    const int wrong = state_read(s, model, &from, defect);
    fclose(from.file);
    return wrong;
}
