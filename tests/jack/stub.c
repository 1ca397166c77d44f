/* JACK without a server, to be linked with the program: a thread that asks for blocks, and one that
 * brings news. In the environment:
 *
 *     STUB_SIZES   of the blocks, in turn
 *     STUB_RATE    Hz
 *     STUB_PLAY    a file: ports that are connected from the beginning, in one line, and then
 *                  (ports, samples) floats; when they have been heard, the program is told to end
 *     STUB_RECORD  a file for all that was said: for each output port its samples
 *     STUB_NEWS    connections and the sample rate change all the time, and noise comes in;
 *                  "rate": the sample rate alone
 *     STUB_FAILS   "open", "activate" or "ports": what does not go
 *     SIN, SPOIL   what must not be (trap.h); here also "race", between the two threads
 *
 * Every block begins as noise that is not finite; what is said must be finite. */
#include <jack/jack.h>
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trap.h"

enum { PORTS = 4096, FRAMES = 8192 };

struct _jack_port {
    char name[80], full[100];
    int is_input, number;
    atomic_int connected;
    const float *track;
    float *said; /* (room,) */
    size_t room;
    float block[FRAMES];
};

static jack_port_t *ports[PORTS];
static atomic_int port_count, rate = 48000, finished, blocks;
static char client_name[40];
static JackProcessCallback process;
static JackSampleRateCallback rate_changed;
static JackPortConnectCallback connected;
static void *process_owner, *rate_owner, *connected_owner;
static pthread_t threads[2];
static int running, sizes[64], size_count;
static char *played; /* the file */
static const float *tracks;
static size_t samples, heard;

static int fails(const char *what)
{
    const char *name = getenv("STUB_FAILS");
    return name && !strcmp(name, what);
}

/* what a program must not do to another thread: to see that it is seen */
static int raced;

static void race(void)
{
    const char *sin = getenv("SIN");
    if (sin && !strcmp(sin, "race")) ++raced;
}

/* ---- what it is set to ---- */

static void read_play(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) exit(3);
    const size_t size = (size_t)ftell(file);
    played = malloc(size + 1);
    rewind(file);
    if (!played || fread(played, 1, size, file) != size) exit(3);
    fclose(file);
    char *end = memchr(played, '\n', size);
    size_t names = played != end;
    for (char *c = played; c < end; ++c) names += *c == ' ';
    *end = 0;
    samples = (size - (size_t)(end + 1 - played)) / sizeof(float);
    float *aligned = malloc(samples * sizeof *aligned + 1);
    memcpy(aligned, end + 1, samples * sizeof *aligned);
    tracks = aligned;
    if (names) samples /= names;
}

static const float *track_of(const char *name)
{
    size_t k = 0;
    const size_t length = strlen(name);
    for (const char *at = played; at && *at; ++k) {
        const size_t n = strcspn(at, " ");
        if (n == length && !memcmp(at, name, n)) return tracks + k * samples;
        at += n + (at[n] == ' ');
    }
    return NULL;
}

static void read_sizes(const char *text)
{
    for (char *end; *text && size_count < 64; text = end) {
        sizes[size_count++] = (int)strtol(text, &end, 10);
        while (*end == ' ') ++end;
    }
}

jack_client_t *jack_client_open(const char *name, jack_options_t options, jack_status_t *status,
                                ...)
{
    (void)options;
    if (fails("open")) {
        *status = JackFailure | JackServerFailed;
        return NULL;
    }
    snprintf(client_name, sizeof client_name, "%.30s", name);
    read_sizes(getenv("STUB_SIZES") ? getenv("STUB_SIZES") : "64");
    if (getenv("STUB_RATE")) rate = atoi(getenv("STUB_RATE"));
    if (getenv("STUB_PLAY")) read_play(getenv("STUB_PLAY"));
    return (jack_client_t *)client_name;
}

char *jack_get_client_name(jack_client_t *client)
{
    (void)client;
    return client_name;
}

void jack_set_error_function(void (*function)(const char *))
{
    (void)function;
}

void jack_set_info_function(void (*function)(const char *))
{
    (void)function;
}

int jack_set_process_callback(jack_client_t *client, JackProcessCallback function, void *owner)
{
    (void)client;
    process = function;
    process_owner = owner;
    return 0;
}

int jack_set_sample_rate_callback(jack_client_t *client, JackSampleRateCallback function,
                                  void *owner)
{
    (void)client;
    rate_changed = function;
    rate_owner = owner;
    return 0;
}

int jack_set_port_connect_callback(jack_client_t *client, JackPortConnectCallback function,
                                   void *owner)
{
    (void)client;
    connected = function;
    connected_owner = owner;
    return 0;
}

void jack_on_shutdown(jack_client_t *client, JackShutdownCallback function, void *owner)
{
    (void)client, (void)function, (void)owner;
}

void jack_on_info_shutdown(jack_client_t *client, JackInfoShutdownCallback function, void *owner)
{
    (void)client, (void)function, (void)owner; /* it stays */
}

jack_nframes_t jack_get_sample_rate(jack_client_t *client)
{
    (void)client;
    return (jack_nframes_t)atomic_load(&rate);
}

/* ---- ports ---- */

jack_port_t *jack_port_register(jack_client_t *client, const char *name, const char *type,
                                unsigned long flags, unsigned long size)
{
    (void)client, (void)type, (void)size;
    const int k = atomic_load(&port_count);
    jack_port_t *port = k < (fails("ports") ? 3 : PORTS) ? calloc(1, sizeof *port) : NULL;
    if (!port) return NULL;
    snprintf(port->name, sizeof port->name, "%s", name);
    snprintf(port->full, sizeof port->full, "%s:%s", client_name, port->name);
    port->is_input = flags == JackPortIsInput;
    port->number = k;
    if (port->is_input) port->track = track_of(name);
    port->connected = port->track != NULL;
    port->room = getenv("STUB_RECORD") && !port->is_input ? samples : 0;
    port->said = malloc(port->room * sizeof(float) + 1);
    ports[k] = port;
    atomic_store(&port_count, k + 1);
    return port;
}

void *jack_port_get_buffer(jack_port_t *port, jack_nframes_t n)
{
    (void)n;
    return port->block;
}

const char *jack_port_name(const jack_port_t *port)
{
    return port->full;
}

int jack_port_connected(const jack_port_t *port)
{
    return atomic_load(&((jack_port_t *)(uintptr_t)port)->connected);
}

const char **jack_get_ports(jack_client_t *client, const char *name, const char *type,
                            unsigned long flags)
{
    (void)client, (void)name, (void)type, (void)flags;
    return NULL;
}

int jack_connect(jack_client_t *client, const char *from, const char *to)
{
    (void)client, (void)from, (void)to;
    return 0;
}

void jack_free(void *pointer)
{
    free(pointer);
}

/* ---- sound ---- */

static void fill(jack_port_t *port, size_t n)
{
    static const float wild[] = {0.0f, 1e-40f, -3e38f, 1e30f, 0.5f, -0.0f, 1e-20f, 1.0f};
    static uint32_t state = 1;
    const int is_noise = getenv("STUB_NEWS") && atomic_load(&port->connected);
    for (size_t i = 0; i < n; ++i) {
        state = state * 1664525u + 1013904223u;
        port->block[i] = !port->is_input ? NAN : 0.0f;
        if (is_noise)
            port->block[i] = state >> 29 ? (float)(state >> 8) * 0x1p-24f
                             : state & 1 ? NAN
                                         : wild[state >> 26 & 7];
        if (port->track && heard + i < samples) port->block[i] = port->track[heard + i];
    }
}

static void ask_for(size_t n)
{
    const int count = atomic_load(&port_count);
    for (int k = 0; k < count; ++k) fill(ports[k], n);
    trap_set(1);
    process((jack_nframes_t)n, process_owner);
    trap_sin();
    trap_set(0);
    race();
    if (count && getenv("SPOIL")) ports[count - 1]->block[0] = NAN; /* to see that it is seen */
    for (int k = 0; k < count; ++k) {
        jack_port_t *port = ports[k];
        for (size_t i = 0; i < n && !port->is_input; ++i) {
            if (!isfinite(port->block[i])) _exit(6);
            if (heard + i < port->room) port->said[heard + i] = port->block[i];
        }
    }
    heard += n;
}

static void *sound(void *nothing)
{
    for (int k = 0; !k || !atomic_load(&finished); ++k) { /* one at least */
        const size_t n = (size_t)sizes[k % size_count], left = samples - heard;
        ask_for(played && left < n ? left : n);
        atomic_fetch_add(&blocks, 1);
        if (played && heard == samples) {
            kill(getpid(), SIGTERM); /* it is not for this thread */
            break;
        }
        sched_yield();
    }
    return nothing;
}

static void *news(void *nothing)
{
    const int connects = strcmp(getenv("STUB_NEWS"), "rate") != 0;
    for (int k = 0; !atomic_load(&finished); ++k) {
        const int then = atomic_load(&blocks) + 2;
        race();
        jack_port_t *port = ports[k % atomic_load(&port_count)];
        if (connects) {
            atomic_store(&port->connected, !atomic_load(&port->connected));
            connected(0, 0, 1, connected_owner);
        }
        if (k % 7 == 0) {
            atomic_store(&rate, k % 2 ? 44100 : 48000);
            rate_changed((jack_nframes_t)atomic_load(&rate), rate_owner);
        }
        while (atomic_load(&blocks) < then && !atomic_load(&finished)) sched_yield();
    }
    return nothing;
}

int jack_activate(jack_client_t *client)
{
    (void)client;
    if (fails("activate")) return -1;
    running = 1;
    pthread_create(&threads[0], NULL, sound, NULL);
    if (getenv("STUB_NEWS")) pthread_create(&threads[1], NULL, news, NULL);
    return 0;
}

int jack_deactivate(jack_client_t *client)
{
    (void)client;
    atomic_store(&finished, 1);
    pthread_join(threads[0], NULL);
    if (getenv("STUB_NEWS")) pthread_join(threads[1], NULL);
    running = 0;
    return 0;
}

int jack_client_close(jack_client_t *client)
{
    const char *path = getenv("STUB_RECORD");
    FILE *file = path ? fopen(path, "wb") : NULL;
    if (running) jack_deactivate(client);
    for (int k = 0; k < port_count; ++k) {
        if (file) fwrite(ports[k]->said, sizeof(float), ports[k]->room, file);
        free(ports[k]->said);
        free(ports[k]);
    }
    if (file) fclose(file);
    free(played);
    free((void *)(uintptr_t)tracks);
    return 0;
}
