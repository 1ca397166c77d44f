/* The container of a state file: a header of names, then numbers of 64 bits. See docs/state.md;
 * what a state is made of stands in state.h. Nothing of what is read is believed. */
#ifndef SPECML_SAFETENSORS_H
#define SPECML_SAFETENSORS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum {
    TENSOR_RANK_MAX = 8,
    HEADER_MAX = 1 << 24, /* bytes */
    DEFECT_MAX = 400      /* characters that say what is wrong */
};

typedef enum { TENSOR_F64, TENSOR_I64, TENSOR_U64, TENSOR_OTHER } tensor_type;
extern const char *const tensor_types[];

/* ---- to read ---- */

/* where bytes come from: a file, or memory */
typedef struct {
    FILE *file; /* NULL: memory */
    const unsigned char *memory;
    uint64_t size; /* bytes in all */
} source;

typedef struct {
    const char *name, *type_name;
    tensor_type type;
    int rank;
    uint64_t shape[TENSOR_RANK_MAX];
    uint64_t begin, end; /* bytes, of the data */
} entry;

typedef struct {
    const char *key, *value;
} fact;

typedef struct {
    char *header; /* names and texts lie in it */
    size_t length;
    entry *entries; /* sorted by their names */
    fact *facts;    /* of the metadata, sorted by their keys */
    size_t entry_count, fact_count;
    uint64_t data; /* bytes of all tensors */
} safetensors;

/* [message] Reads the header: 0; or -1, and in defect, (DEFECT_MAX,), what is wrong. */
int safetensors_open(safetensors *s, source *from, char *defect);
/* [message] 0 if the tensors are of the types above and lie one behind the other; -1 as before. */
int safetensors_check(const safetensors *s, char *defect);
/* [message] The data, to be freed; NULL as before. */
unsigned char *safetensors_data(const safetensors *s, source *from, char *defect);
void safetensors_close(safetensors *s);                                /* [message] */
const entry *safetensors_find(const safetensors *s, const char *name); /* [any] NULL: none */
const char *safetensors_fact(const safetensors *s, const char *key);   /* [any] NULL: none */

/* ---- to write ---- */

typedef struct {
    char *text;
    size_t used, room;
    uint64_t data; /* bytes of the tensors so far */
    int tensors;
    int failed; /* memory was short */
} header;

/* [message] Facts first. The header is all 0 before, its text to be freed. */
void header_fact(header *h, const char *key, const char *value);
void header_tensor(header *h, const char *name, tensor_type type, int rank, const size_t *shape);
/* Ends it. The whole file, whose tensors are still to be written, from *data on; NULL if memory is
 * short. */
unsigned char *header_close(header *h, size_t *size, unsigned char **data);

#endif
