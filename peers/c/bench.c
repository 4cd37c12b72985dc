/* libqrencode, the usual encoder in C.
 *
 * Reads `kind level hex` lines, prints lines as encoders/src/main.rs describes them. */

#define _GNU_SOURCE
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { VARIANTS = 8, ROUNDS = 15, LONGEST = 4096 };
static const char *const NAME = "libqrencode";
static const double BATCH_SECONDS = 0.005;

static char kind[32], level;
static char payloads[VARIANTS][LONGEST];

static QRcode *symbol(const char *text) {
    QRecLevel ecc = (QRecLevel)(strchr("LMQH", level) - "LMQH");
    QRcode *code = QRcode_encodeString(text, 0, ecc, QR_MODE_8, 1);
    if (!code) {
        perror("QRcode_encodeString");
        exit(1);
    }
    return code;
}

static void print_symbol(const char *text) {
    QRcode *code = symbol(text);
    printf("symbol\t%s\t%c\t%s\t", kind, level, NAME);
    for (const char *byte = text; *byte; byte++) printf("%02x", (unsigned char)*byte);
    for (int y = 0; y < code->width; y++) {
        putchar(y == 0 ? '\t' : '/');
        for (int x = 0; x < code->width; x++) putchar('0' + (code->data[y * code->width + x] & 1));
    }
    putchar('\n');
    QRcode_free(code);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double batch(int repeats) {
    double start = seconds();
    for (int repeat = 0; repeat < repeats; repeat++)
        for (int variant = 0; variant < VARIANTS; variant++) QRcode_free(symbol(payloads[variant]));
    return seconds() - start;
}

static int ascending(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static void measure(void) {
    int repeats = 1;
    double times[ROUNDS];
    for (int variant = 0; variant < VARIANTS; variant++) print_symbol(payloads[variant]);
    while (batch(repeats) < BATCH_SECONDS) repeats *= 2;
    for (int round = 0; round < ROUNDS; round++)
        times[round] = batch(repeats) * 1e9 / (repeats * VARIANTS);
    qsort(times, ROUNDS, sizeof *times, ascending);
    printf("matrix\t%s\t%c\t%s\t%.1f\n", kind, level, NAME, times[ROUNDS / 2]);
}

int main(void) {
    char *line = NULL, hex[2 * LONGEST];
    size_t capacity = 0;
    for (int variant = 0; getline(&line, &capacity, stdin) > 0; variant = (variant + 1) % VARIANTS) {
        if (sscanf(line, "%31[^\t]\t%c\t%8190s", kind, &level, hex) != 3) return 1;
        char *text = payloads[variant];
        for (const char *digits = hex; *digits; digits += 2) {
            unsigned byte;
            sscanf(digits, "%2x", &byte);
            *text++ = (char)byte;
        }
        *text = '\0';
        if (variant == VARIANTS - 1) measure();
    }
    free(line);
    return 0;
}
