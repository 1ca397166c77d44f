/* A state: what a file holds of the networks of an object. docs/state.md says how it is written. */
#ifndef SPECML_STATE_H
#define SPECML_STATE_H

#include "object.h"

enum {
    SNAPSHOT_NAME_MAX = 64, /* bytes */
    SNAPSHOTS_MAX = 1000,
    STATE_CHANNELS_MAX = 1 << 16
};

/* What was learnt, under a name. Once it has its words it never changes; it may be in several
 * hands. */
typedef struct snapshot {
    atomic_int hands;
    char name[SNAPSHOT_NAME_MAX + 1];
    double values[WORDS_MAX]; /* of the object then: its shape is one of them */
    int channels;
    double words[]; /* (channels, learnt_words) */
} snapshot;

/* all of it [message] */

/* memory for one, in one hand, its words all 0; NULL if it is short */
snapshot *snapshot_new(const object_model *model, const char *name, const double *values,
                       int channels);
void snapshot_release(snapshot *s);
snapshot *snapshots_find(const snapshots *s, const char *name); /* NULL if there is none */
void snapshots_remove(snapshots *s, const char *name);          /* one that is there */
/* takes it out of one hand, in the place of one of the same name; -1 if memory is short */
int snapshots_add(snapshots *s, snapshot *added);
int snapshots_copy(snapshots *to,
                   const snapshots *from); /* -1 if memory is short, and to is empty */
void snapshots_free(snapshots *s);
/* 0, or -1: no name of one */
int snapshot_check_name(const char *name);
/* 1 if networks of such values have the same shape */
int state_same_shape(const object_model *m, const double *a, const double *b);

typedef struct {
    const object_model *model;
    double values[WORDS_MAX];
    double samplerate;
    int channels;
    int heard;                  /* with what was heard and said */
    const object_networks *net; /* when it is written */
    double *words;              /* (channels, words) when it was read; to be freed */
    snapshots snapshots;
    double *target; /* (channels, learnt_words) where weights glide to, or NULL; to be freed */
    uint64_t steps, wait;
    int seed_lost; /* when it was read: its seed is beyond what values can say */
} state;

void state_free(state *s); /* not the networks */
/* Snapshots of another shape are left out. The bytes of a file, NULL if memory is short. */
unsigned char *state_write(const state *s, size_t *size);
/* 0; or -1, in defect, (DEFECT_MAX,), what is wrong, and s is empty. */
int state_read(state *s, const object_model *model, source *from, char *defect);
int state_read_file(state *s, const object_model *model, const char *path, char *defect);
/* 0 if what was read is of the shape of such values; -1, and in defect what both are. */
int state_fits(const state *s, const double *values, char *defect);

/* [message] Networks of these values become what was read; channels begin again with its first. */
void networks_put(const object *o, const double *values, object_networks *nets, const state *s);
/* [message] A task that brings what was read, which it frees, as if a file of this path or NULL had
 * been read; NULL after an error. The values are o's own already. */
object_task *change_load(object *o, state *read, const char *path);

/* ---- for its files ---- */

/* of a channel, from 0 on: "channel2." */
enum { PREFIX_MAX = 64 };
void state_prefix(char *prefix, const char *first, int channel);
int state_is_told(const object_model *m, int which); /* 1 if a file has this word */

#endif
