/* What is read of a state file's container, once json.c has read its header. */
#include "safetensors.h"

#include <stdlib.h>
#include <string.h>

#include "json.h"

const char *const tensor_types[] = {"F64", "I64", "U64", NULL};

/* ---- bytes ---- */

/* 0, or -1 if they are not there */
static int take(source *from, void *to, size_t count)
{
    if (from->file) return fread(to, 1, count, from->file) == count ? 0 : -1;
    memcpy(to, from->memory, count);
    from->memory += count;
    return 0;
}

/* the header's length, 0 if it cannot be one */
static uint64_t take_length(source *from)
{
    unsigned char bytes[8];
    uint64_t length = 0;
    if (from->size < 8 || take(from, bytes, 8)) return 0;
    for (int k = 8; k-- > 0;) length = length << 8 | bytes[k];
    return length;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const entry *)a)->name, ((const entry *)b)->name);
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const fact *)a)->key, ((const fact *)b)->key);
}

static int by_place(const void *a, const void *b)
{
    const entry *x = *(const entry *const *)a, *y = *(const entry *const *)b;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

static int sort(safetensors *s, char *defect)
{
    if (s->entry_count) qsort(s->entries, s->entry_count, sizeof *s->entries, by_name);
    if (s->fact_count) qsort(s->facts, s->fact_count, sizeof *s->facts, by_key);
    for (size_t k = 1; k < s->entry_count; ++k)
        if (!by_name(&s->entries[k - 1], &s->entries[k])) {
            snprintf(defect, DEFECT_MAX, "tensor %.100s is there twice", s->entries[k].name);
            return -1;
        }
    for (size_t k = 1; k < s->fact_count; ++k)
        if (!by_key(&s->facts[k - 1], &s->facts[k])) {
            snprintf(defect, DEFECT_MAX, "%.100s is in the metadata twice", s->facts[k].key);
            return -1;
        }
    return 0;
}

int safetensors_open(safetensors *s, source *from, char *defect)
{
    memset(s, 0, sizeof *s);
    const uint64_t length = take_length(from);
    if (length < 2 || length > HEADER_MAX || length > from->size - 8) {
        snprintf(defect, DEFECT_MAX,
                 "it is no safetensors file: its first 8 bytes must be the length of its header, "
                 "2..%d, within the %llu bytes of the file",
                 HEADER_MAX, (unsigned long long)from->size);
        return -1;
    }
    s->length = (size_t)length;
    s->data = from->size - 8 - length;
    s->header = malloc(s->length + 1);
    if (!s->header) {
        snprintf(defect, DEFECT_MAX, "no memory for its header");
        return -1;
    }
    s->header[s->length] = 0;
    if (take(from, s->header, s->length))
        snprintf(defect, DEFECT_MAX, "its header cannot be read");
    else if (!json_read(s, defect) && !sort(s, defect))
        return 0;
    safetensors_close(s);
    return -1;
}

void safetensors_close(safetensors *s)
{
    free(s->header);
    free(s->entries);
    free(s->facts);
    memset(s, 0, sizeof *s);
}

/* ---- what a tensor may be ---- */

/* bytes that its shape asks for; UINT64_MAX if that is too much to be said */
static uint64_t bytes_of(const entry *e)
{
    uint64_t bytes = 8;
    for (int k = 0; k < e->rank; ++k) {
        if (e->shape[k] && bytes > UINT64_MAX / e->shape[k]) return UINT64_MAX;
        bytes *= e->shape[k];
    }
    return bytes;
}

static int check_entry(const entry *e, char *defect)
{
    if (e->type == TENSOR_OTHER)
        snprintf(defect, DEFECT_MAX, "tensor %.100s is of type %.20s, not F64, I64 or U64", e->name,
                 e->type_name);
    else if (e->end < e->begin || e->end - e->begin != bytes_of(e))
        snprintf(defect, DEFECT_MAX, "tensor %.100s does not fill its bytes, %llu..%llu", e->name,
                 (unsigned long long)e->begin, (unsigned long long)e->end);
    else
        return 0;
    return -1;
}

/* one behind the other, without gap or overlap, to the end */
static int check_places(const entry *const *list, size_t count, uint64_t data, char *defect)
{
    uint64_t end = 0;
    for (size_t k = 0; k < count; ++k) {
        const entry *e = list[k];
        if (e->begin != end) {
            snprintf(defect, DEFECT_MAX, "tensor %.100s begins at byte %llu of the data, %s %llu",
                     e->name, (unsigned long long)e->begin,
                     e->begin < end ? "within another that ends at" : "after a gap from",
                     (unsigned long long)end);
            return -1;
        }
        end = e->end;
    }
    if (end == data) return 0;
    snprintf(defect, DEFECT_MAX, "its tensors take %llu bytes, but %llu follow the header",
             (unsigned long long)end, (unsigned long long)data);
    return -1;
}

int safetensors_check(const safetensors *s, char *defect)
{
    for (size_t k = 0; k < s->entry_count; ++k)
        if (check_entry(&s->entries[k], defect)) return -1;
    const entry **list = malloc((s->entry_count + 1) * sizeof *list);
    if (!list) {
        snprintf(defect, DEFECT_MAX, "no memory for its header");
        return -1;
    }
    for (size_t k = 0; k < s->entry_count; ++k) list[k] = &s->entries[k];
    qsort(list, s->entry_count, sizeof *list, by_place);
    const int wrong = check_places(list, s->entry_count, s->data, defect);
    free(list);
    return wrong;
}

unsigned char *safetensors_data(const safetensors *s, source *from, char *defect)
{
    unsigned char *data = s->data < SIZE_MAX ? malloc((size_t)s->data + 1) : NULL;
    if (!data)
        snprintf(defect, DEFECT_MAX, "no memory for its %llu bytes", (unsigned long long)s->data);
    else if (take(from, data, (size_t)s->data)) {
        snprintf(defect, DEFECT_MAX, "it cannot be read to its end");
        free(data);
        data = NULL;
    }
    return data;
}

/* ---- what is looked for ---- */

const entry *safetensors_find(const safetensors *s, const char *name)
{
    const entry wanted = {.name = name};
    if (!s->entry_count) return NULL;
    return bsearch(&wanted, s->entries, s->entry_count, sizeof wanted, by_name);
}

const char *safetensors_fact(const safetensors *s, const char *key)
{
    const fact wanted = {.key = key};
    const fact *found =
        s->fact_count ? bsearch(&wanted, s->facts, s->fact_count, sizeof wanted, by_key) : NULL;
    return found ? found->value : NULL;
}
