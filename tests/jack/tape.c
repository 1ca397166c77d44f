/* Plays into a client of JACK and records what it says, to the sample:
 *
 *     tape CLIENT SAMPLES PLAYED.. - RECORDED.. [- freewheel] [- SIZE..]
 *
 * waits for the client and its ports, connects them, says so on stderr and waits for a byte on
 * stdin, which comes after (played, SAMPLES) floats. Until then a track stands at its first sample.
 * With sizes JACK's block takes each of them in turn. To stdout: two numbers of 8 bytes, samples
 * recorded before the tracks began and in all; and (recorded, in all) floats.
 *
 * It is two clients, for one that is heard by whom it hears has its sound a block late. */
#include <jack/jack.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PORTS = 64, BEFORE = 1 << 20 /* samples at most, before the tracks begin */ };

static jack_client_t *player, *recorder;
static jack_port_t *plays[PORTS], *records[PORTS];
static float *tracks, *tapes; /* (played, samples), (recorded, room) */
static int played, recorded;
static size_t samples, room;
static atomic_int playing, recording, begun;
static atomic_size_t cycles, at, taken, before;

static int play(jack_nframes_t n, void *nothing)
{
    (void)nothing;
    if (atomic_load(&playing)) atomic_store(&begun, 1);
    const size_t from = atomic_load(&at);
    for (int k = 0; k < played; ++k) {
        float *to = jack_port_get_buffer(plays[k], n);
        const float *track = tracks + (size_t)k * samples;
        for (size_t i = 0; i < n; ++i) to[i] = from + i < samples ? track[from + i] : 0.0f;
        for (size_t i = 0; i < n && !atomic_load(&begun); ++i) to[i] = track[0];
    }
    if (atomic_load(&begun)) atomic_store(&at, from + n);
    return 0;
}

static int record(jack_nframes_t n, void *nothing)
{
    (void)nothing;
    atomic_fetch_add(&cycles, 1);
    const size_t from = atomic_load(&taken);
    if (!atomic_load(&recording) || from + n > room) return 0;
    if (!atomic_load(&begun)) atomic_store(&before, from + n);
    for (int k = 0; k < recorded; ++k)
        memcpy(tapes + (size_t)k * room + from, jack_port_get_buffer(records[k], n),
               n * sizeof(float));
    atomic_store(&taken, from + n);
    return 0;
}

static void fail(const char *why)
{
    fprintf(stderr, "tape: %s\n", why);
    exit(1);
}

static void wait_for_cycles(size_t count)
{
    const size_t then = atomic_load(&cycles) + count;
    while (atomic_load(&cycles) < then) usleep(500);
}

static jack_client_t *enter(const char *name, JackProcessCallback process)
{
    jack_client_t *client = jack_client_open(name, JackNoStartServer, NULL);
    if (!client) fail("there is no server");
    jack_set_process_callback(client, process, NULL);
    return client;
}

/* once there is such a port, and its client has begun */
static void connect(jack_client_t *client, const char *from, const char *to)
{
    int status;
    while ((status = jack_connect(client, from, to)) != 0) usleep(1000);
}

static char **add(char **words, jack_client_t *client, jack_port_t **ports, int *count,
                  unsigned long flags)
{
    char name[32];
    for (; *words && strcmp(*words, "-"); ++words) {
        snprintf(name, sizeof name, "track_%d", *count);
        ports[*count] = jack_port_register(client, name, JACK_DEFAULT_AUDIO_TYPE, flags, 0);
        if (!ports[(*count)++]) fail("no port");
    }
    return *words ? words + 1 : words;
}

static void be_silent(const char *text)
{
    (void)text; /* a client that has not begun cannot be connected */
}

int main(int argc, char **argv)
{
    char name[300], **which = argv + 3;
    if (argc < 4) return 2;
    samples = strtoul(argv[2], NULL, 10);
    room = samples + BEFORE;
    jack_set_error_function(be_silent);
    player = enter("player", play);
    recorder = enter("recorder", record);
    char **out = add(which, player, plays, &played, JackPortIsOutput);
    char **more = add(out, recorder, records, &recorded, JackPortIsInput);
    tracks = calloc((size_t)(played ? played : 1), samples * sizeof *tracks);
    tapes = calloc((size_t)recorded, room * sizeof *tapes);
    if (fread(tracks, samples * sizeof *tracks, (size_t)played, stdin) != (size_t)played) return 2;
    if (jack_activate(player) || jack_activate(recorder)) fail("it cannot begin");
    for (int k = 0; k < recorded; ++k) {
        snprintf(name, sizeof name, "%s:%s", argv[1], out[k]);
        connect(recorder, name, jack_port_name(records[k]));
    }
    wait_for_cycles(3);
    atomic_store(&recording, 1);
    for (int k = 0; k < played; ++k) {
        snprintf(name, sizeof name, "%s:%s", argv[1], which[k]);
        connect(player, jack_port_name(plays[k]), name);
    }
    wait_for_cycles(3);
    fprintf(stderr, "connected\n");
    if (getchar() == EOF) return 2;
    const int wheels = *more && !strcmp(*more, "freewheel");
    if (wheels && jack_set_freewheel(recorder, 1)) fail("the wheel does not turn");
    atomic_store(&playing, 1);
    for (char **size = more; *size && !wheels; ++size) {
        const size_t part = samples / (size_t)(argv + argc - more) * (size_t)(size - more);
        while (atomic_load(&at) < part) usleep(500);
        if (jack_set_buffer_size(recorder, (jack_nframes_t)atoi(*size))) fail("no such block");
    }
    while (atomic_load(&taken) < atomic_load(&before) + samples) {
        if (atomic_load(&taken) + 8192 > room) fail("the tape is full");
        usleep(500);
    }
    atomic_store(&recording, 0);
    if (wheels) jack_set_freewheel(recorder, 0);
    jack_deactivate(player);
    jack_deactivate(recorder);
    const int64_t counts[] = {(int64_t)before, (int64_t)taken};
    fwrite(counts, sizeof *counts, 2, stdout);
    for (int k = 0; k < recorded; ++k)
        fwrite(tapes + (size_t)k * room, sizeof *tapes, taken, stdout);
    jack_client_close(player);
    jack_client_close(recorder);
    return 0;
}
