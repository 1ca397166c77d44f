#include "json.h"

#include <stdlib.h>
#include <string.h>

#include "utf8.h"

typedef struct {
    safetensors *s;
    char *at; /* what is read next */
    char *defect;
    size_t entry_room, fact_room;
} reader;

static int fail(reader *r, const char *wanted)
{
    const size_t at = (size_t)(r->at - r->s->header);
    if (at >= r->s->length)
        snprintf(r->defect, DEFECT_MAX, "its header ends where %s is expected", wanted);
    else
        snprintf(r->defect, DEFECT_MAX, "%s is expected at byte %lu of its header", wanted,
                 (unsigned long)at);
    return -1;
}

/* ---- signs ---- */

static void skip_space(reader *r)
{
    while (*r->at == ' ' || *r->at == '\n' || *r->at == '\r' || *r->at == '\t') ++r->at;
}

/* 1 if this sign is next, and then it has been read */
static int meets(reader *r, char sign)
{
    skip_space(r);
    if (*r->at != sign) return 0;
    ++r->at;
    return 1;
}

static int expect(reader *r, char sign)
{
    const char wanted[] = {'"', sign, '"', 0};
    return meets(r, sign) ? 0 : fail(r, wanted);
}

/* after an element: 1 if another follows, 0 if the list ends, -1 */
static int follows(reader *r, char end)
{
    const char wanted[] = {'"', ',', '"', ' ', 'o', 'r', ' ', '"', end, '"', 0};
    if (meets(r, ',')) return 1;
    return meets(r, end) ? 0 : fail(r, wanted);
}

/* ---- texts ---- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* four digits: a unit of UTF-16, or -1 */
static long read_unit(const char *at)
{
    long unit = 0;
    for (int k = 0; k < 4; ++k) {
        const int digit = hex_digit(at[k]);
        if (digit < 0) return -1;
        unit = unit << 4 | digit;
    }
    return unit;
}

/* after \u: the character, or -1 */
static long read_character(char **at)
{
    const long high = read_unit(*at);
    if (high < 0) return -1;
    *at += 4;
    if (high < 0xd800 || high > 0xdfff) return high;
    const long low = high < 0xdc00 && (*at)[0] == '\\' && (*at)[1] == 'u' ? read_unit(*at + 2) : -1;
    if (low < 0xdc00 || low > 0xdfff) return -1;
    *at += 6;
    return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

/* after a backslash; NULL if nothing of the kind is meant */
static char *read_escape(char **at, char *to)
{
    static const char signs[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char sign = *(*at)++;
    const char *found = sign ? strchr(signs, sign) : NULL;
    if (found) {
        *to++ = meant[found - signs];
        return to;
    }
    const long character = sign == 'u' ? read_character(at) : -1;
    return character > 0 ? utf8_put(to, character) : NULL;
}

/* a text, unescaped and ended where it stands, which is never longer; NULL: there is none */
static char *read_text(reader *r, const char *wanted)
{
    if (!meets(r, '"')) {
        fail(r, wanted);
        return NULL;
    }
    char *text = r->at, *to = text;
    while (*r->at != '"') {
        if ((unsigned char)*r->at < 0x20) {
            fail(r, "the end of a text");
            return NULL;
        }
        if (*r->at != '\\')
            *to++ = *r->at++;
        else {
            ++r->at;
            if (!(to = read_escape(&r->at, to))) {
                fail(r, "an escaped character");
                return NULL;
            }
        }
    }
    ++r->at;
    *to = 0;
    return text;
}

/* ---- numbers ---- */

static int read_whole(reader *r, uint64_t *number)
{
    skip_space(r);
    const char *begin = r->at;
    *number = 0;
    for (; *r->at >= '0' && *r->at <= '9'; ++r->at) {
        const uint64_t digit = (uint64_t)(*r->at - '0');
        if (*number > (INT64_MAX - digit) / 10) return fail(r, "a number below 2^63");
        *number = 10 * *number + digit;
    }
    if (r->at == begin || (*begin == '0' && r->at > begin + 1)) return fail(r, "a whole number");
    return 0;
}

/* how many, or -1 */
static int read_wholes(reader *r, uint64_t *numbers, int most)
{
    int count = 0, more = 1;
    if (expect(r, '[')) return -1;
    if (meets(r, ']')) return 0;
    while (more > 0) {
        if (count == most) return fail(r, "\"]\"");
        if (read_whole(r, &numbers[count++])) return -1;
        more = follows(r, ']');
    }
    return more < 0 ? -1 : count;
}

/* ---- the header ---- */

/* room for one more: the list, or NULL */
static void *grow(reader *r, void *list, size_t count, size_t *room, size_t size)
{
    if (count < *room) return list;
    *room = 2 * *room + 16;
    void *larger = realloc(list, *room * size);
    if (!larger) snprintf(r->defect, DEFECT_MAX, "no memory for its header");
    return larger;
}

static int read_facts(reader *r)
{
    safetensors *s = r->s;
    int more = 1;
    if (expect(r, '{')) return -1;
    if (meets(r, '}')) return 0;
    for (; more > 0; more = follows(r, '}')) {
        fact *facts = grow(r, s->facts, s->fact_count, &r->fact_room, sizeof *facts);
        if (!facts) return -1;
        s->facts = facts;
        fact *f = &facts[s->fact_count];
        if (!(f->key = read_text(r, "a key")) || expect(r, ':')) return -1;
        if (!(f->value = read_text(r, "a text"))) return -1;
        ++s->fact_count;
    }
    return more;
}

static int read_type(reader *r, entry *e)
{
    e->type_name = read_text(r, "a type");
    if (!e->type_name) return -1;
    e->type = TENSOR_F64;
    while (tensor_types[e->type] && strcmp(tensor_types[e->type], e->type_name)) ++e->type;
    return 0;
}

static int read_place(reader *r, entry *e)
{
    uint64_t ends[2];
    const int count = read_wholes(r, ends, 2);
    if (count < 0) return -1;
    if (count < 2) return fail(r, "the second of two offsets");
    e->begin = ends[0];
    e->end = ends[1];
    return 0;
}

static int read_shape(reader *r, entry *e)
{
    e->rank = read_wholes(r, e->shape, TENSOR_RANK_MAX);
    return e->rank < 0 ? -1 : 0;
}

static int read_entry(reader *r, entry *e)
{
    static const struct {
        const char *key;
        int (*read)(reader *r, entry *e);
    } parts[] = {{"dtype", read_type}, {"shape", read_shape}, {"data_offsets", read_place}};
    enum { PARTS = sizeof parts / sizeof *parts, ALL = (1 << PARTS) - 1 };
    int had = 0, more = 1;
    if (expect(r, '{')) return -1;
    for (; more > 0; more = follows(r, '}')) {
        const char *key = read_text(r, "dtype, shape or data_offsets");
        int k = 0;
        if (!key || expect(r, ':')) return -1;
        while (k < PARTS && strcmp(key, parts[k].key)) ++k;
        if (k == PARTS || had & 1 << k) {
            snprintf(r->defect, DEFECT_MAX, "tensor %.100s has %.50s %s", e->name, key,
                     k == PARTS ? "beside dtype, shape and data_offsets" : "twice");
            return -1;
        }
        had |= 1 << k;
        if (parts[k].read(r, e)) return -1;
    }
    if (more < 0) return -1;
    if (had == ALL) return 0;
    snprintf(r->defect, DEFECT_MAX, "tensor %.100s lacks its dtype, shape or data_offsets",
             e->name);
    return -1;
}

/* the metadata or a tensor, by its name */
static int read_member(reader *r, int *had_facts)
{
    safetensors *s = r->s;
    char *name = read_text(r, "the name of a tensor");
    if (!name || expect(r, ':')) return -1;
    if (!strcmp(name, "__metadata__")) {
        if ((*had_facts)++) {
            snprintf(r->defect, DEFECT_MAX, "it has its metadata twice");
            return -1;
        }
        return read_facts(r);
    }
    entry *entries = grow(r, s->entries, s->entry_count, &r->entry_room, sizeof *entries);
    if (!entries) return -1;
    s->entries = entries;
    entry *e = &entries[s->entry_count];
    memset(e, 0, sizeof *e);
    e->name = name;
    if (read_entry(r, e)) return -1;
    ++s->entry_count;
    return 0;
}

int json_read(safetensors *s, char *defect)
{
    const size_t valid = utf8_valid(s->header, s->length);
    if (valid < s->length) {
        snprintf(defect, DEFECT_MAX, "byte %lu of its header is no UTF-8", (unsigned long)valid);
        return -1;
    }
    reader r = {.s = s, .at = s->header, .defect = defect};
    int had_facts = 0, more = 1;
    if (*r.at != '{') return fail(&r, "\"{\"");
    ++r.at;
    if (!meets(&r, '}')) {
        for (; more > 0; more = follows(&r, '}'))
            if (read_member(&r, &had_facts)) return -1;
        if (more < 0) return -1;
    }
    skip_space(&r);
    return r.at == s->header + s->length ? 0 : fail(&r, "nothing more");
}
