#include "number.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* d.ddd e+XX as printf has it, whatever stands for the point: its digits, and E */
static int take_apart(const char *printed, char *digits)
{
    int count = 0;
    const char *exponent = strchr(printed, 'e');
    for (const char *c = printed; c < exponent; ++c)
        if (*c >= '0' && *c <= '9') digits[count++] = *c;
    while (count > 1 && digits[count - 1] == '0') --count;
    digits[count] = 0;
    return atoi(exponent + 1);
}

static void put_together(const char *digits, int exponent, char *text)
{
    const int count = (int)strlen(digits);
    if (exponent <= -5 || exponent >= 16)
        sprintf(text, "%c%s%se%c%02d", digits[0], count > 1 ? "." : "", digits + 1,
                exponent < 0 ? '-' : '+', abs(exponent));
    else if (exponent < 0)
        sprintf(text, "0.%.*s%s", -exponent - 1, "0000", digits);
    else if (count <= exponent + 1)
        sprintf(text, "%s%.*s", digits, exponent + 1 - count, "0000000000000000");
    else
        sprintf(text, "%.*s.%s", exponent + 1, digits, digits + exponent + 1);
}

void number_write(double number, char *text)
{
    char printed[NUMBER_TEXT], digits[NUMBER_TEXT];
    const double size = fabs(number);
    int more = 0; /* digits after the first */
    do snprintf(printed, sizeof printed, "%.*e", more, size);
    while (strtod(printed, NULL) != size && ++more < 17);
    const int exponent = take_apart(printed, digits);
    if (copysign(1.0, number) < 0.0) *text++ = '-';
    put_together(digits, exponent, text);
}

static const char *skip_digits(const char *c)
{
    if (*c < '0' || *c > '9') return NULL;
    while (*c >= '0' && *c <= '9') ++c;
    return c;
}

/* the point, NULL if there is none; *fits: it is a number as JSON has them */
static const char *check(const char *text, int *fits)
{
    const char *c = text + (*text == '-'), *point = NULL;
    *fits = 0;
    if (c[0] == '0' && c[1] >= '0' && c[1] <= '9') return NULL;
    if (!(c = skip_digits(c))) return NULL;
    if (*c == '.') {
        point = c;
        if (!(c = skip_digits(c + 1))) return NULL;
    }
    if (*c == 'e' || *c == 'E') {
        c += 1 + (c[1] == '+' || c[1] == '-');
        if (!(c = skip_digits(c))) return NULL;
    }
    *fits = !*c;
    return point;
}

int number_read(const char *text, double *number)
{
    char local[2 * NUMBER_TEXT];
    int fits;
    if (strlen(text) >= NUMBER_TEXT) return 0;
    const char *point = check(text, &fits), *sign = localeconv()->decimal_point;
    if (!fits) return 0;
    const int whole = point ? (int)(point - text) : (int)strlen(text);
    snprintf(local, sizeof local, "%.*s%s%s", whole, text, point ? sign : "",
             point ? point + 1 : "");
    *number = strtod(local, NULL);
    return fabs(*number) <= DBL_MAX;
}
