/* The header of a state file, written in the one way that docs/state.md allows. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "safetensors.h"

static void append(header *h, const char *text, size_t length)
{
    if (h->used + length > h->room) {
        const size_t room = 2 * (h->used + length) + 256;
        char *larger = h->failed ? NULL : realloc(h->text, room);
        h->failed = !larger;
        if (h->failed) return;
        h->text = larger;
        h->room = room;
    }
    memcpy(h->text + h->used, text, length);
    h->used += length;
}

static void append_text(header *h, const char *text)
{
    append(h, text, strlen(text));
}

static void append_quoted(header *h, const char *text)
{
    char escaped[8];
    append_text(h, "\"");
    for (const char *c = text; *c; ++c)
        if (*c == '"' || *c == '\\')
            append(h, (const char[]){'\\', *c}, 2);
        else if ((unsigned char)*c < 0x20)
            append(h, escaped, (size_t)snprintf(escaped, sizeof escaped, "\\u%04x", *c));
        else
            append(h, c, 1);
    append_text(h, "\"");
}

void header_fact(header *h, const char *key, const char *value)
{
    append_text(h, h->used ? "," : "{\"__metadata__\":{");
    append_quoted(h, key);
    append_text(h, ":");
    append_quoted(h, value);
}

void header_tensor(header *h, const char *name, tensor_type type, int rank, const size_t *shape)
{
    char text[80];
    uint64_t bytes = 8;
    append_text(h, h->tensors++ ? "," : "},");
    append_quoted(h, name);
    append_text(h, ":{\"dtype\":");
    append_quoted(h, tensor_types[type]);
    append_text(h, ",\"shape\":[");
    for (int k = 0; k < rank; ++k) {
        snprintf(text, sizeof text, "%s%" PRIu64, k ? "," : "", (uint64_t)shape[k]);
        append_text(h, text);
        bytes *= shape[k];
    }
    snprintf(text, sizeof text, "],\"data_offsets\":[%" PRIu64 ",%" PRIu64 "]}", h->data,
             h->data + bytes);
    append_text(h, text);
    h->data += bytes;
}

unsigned char *header_close(header *h, size_t *size, unsigned char **data)
{
    append_text(h, "}");
    while (h->used % 8) append_text(h, " ");
    const uint64_t length = h->used, whole = 8 + length + h->data;
    unsigned char *file = h->failed || whole > SIZE_MAX ? NULL : malloc((size_t)whole);
    if (!file) return NULL;
    for (int k = 0; k < 8; ++k) file[k] = (unsigned char)(length >> 8 * k);
    memcpy(file + 8, h->text, h->used);
    *size = (size_t)whole;
    *data = file + 8 + h->used;
    return file;
}
