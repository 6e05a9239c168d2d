"""The Jacobian of a network in C, as a service exports it and as CasADi generates it: nanoseconds a sample, in one run.

Usage: casadi_table.py [address of a service]. Needs gcc, and CasADi for Python (the package casadi). The network is 2-16-16-1 with
tanh; both programs are compiled by gcc -O3 -march=native, and called in turns of a hundredth of a second; the fastest turn counts.
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

import casadi

API = (sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080") + "/v1"
WIDTHS = [2, 16, 16, 1]

MAIN = r"""
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "network.h"

#define SAMPLES 1024

int jacobian(const double **arg, double **res, long long *iw, double *w, int mem);
int gradient(const double **arg, double **res, long long *iw, double *w, int mem);

static double inputs[2 * SAMPLES], result[2 * SAMPLES], parameters[NETWORK_PARAMETERS];

static void point(void)
{
    for (int s = 0; s < SAMPLES; ++s) {
        network(inputs + 2 * s, parameters, result + 2 * s);
    }
}

static void batch(void)
{
    network_batch(SAMPLES, inputs, parameters, result);
}

static void of_casadi(int (*function)(const double **, double **, long long *, double *, int))
{
    static double w[100000];
    static long long iw[100000];
    for (int s = 0; s < SAMPLES; ++s) {
        const double *arg[2] = {inputs + 2 * s, parameters};
        double *res[1] = {result + 2 * s};
        function(arg, res, iw, w, 0);
    }
}

static void casadi_jacobian(void)
{
    of_casadi(jacobian);
}

static void casadi_gradient(void)
{
    of_casadi(gradient);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec + 1e-9 * time.tv_nsec;
}

int main(void)
{
    void (*functions[])(void) = {point, batch, casadi_jacobian, casadi_gradient};
    const char *names[] = {"Nabla, one sample", "Nabla, batch", "CasADi, jacobian", "CasADi, gradient"};
    double best[4] = {1e9, 1e9, 1e9, 1e9}, first[4];
    for (int i = 0; i < NETWORK_PARAMETERS; ++i) {
        parameters[i] = rand() / (double) RAND_MAX - 0.5;
    }
    for (int i = 0; i < 2 * SAMPLES; ++i) {
        inputs[i] = rand() / (double) RAND_MAX;
    }
    inputs[SAMPLES] = inputs[1];  /* the first sample, however samples lie */
    for (int turn = 0; turn < 200; ++turn) {
        const int f = turn % 4;
        int calls = 0;
        const double start = now();
        while (now() - start < 0.01) {
            functions[f]();
            ++calls;
        }
        const double each = (now() - start) / calls / SAMPLES * 1e9;
        best[f] = each < best[f] ? each : best[f];
        first[f] = result[0];
    }
    for (int f = 0; f < 4; ++f) {
        if (fabs(first[f] - first[0]) > 1e-12) {
            return 1;
        }
        printf("%-18s %8.1f ns a sample, %5.2f times as fast as CasADi's %s\n", names[f], best[f],
            (best[2] < best[3] ? best[2] : best[3]) / best[f], best[2] < best[3] ? "jacobian" : "gradient");
    }
    return 0;
}
"""


def exported(folder):
    body = {"network": {"inputs": ["x", "y"], "outputs": ["z"], "layers": [{"units": units, "activation": "tanh"}
                                                                          for units in WIDTHS[1:]]},
            "equations": ["D(z, inputs)"], "format": "c", "name": "network"}
    request = urllib.request.Request(API + "/exports", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        for file in json.load(answer)["files"]:
            (folder / file["name"]).write_text(file["text"])


def generated(folder):
    x = casadi.MX.sym("x", 2)
    count = sum(n * m + m for n, m in zip(WIDTHS, WIDTHS[1:]))
    parameters = casadi.MX.sym("p", count)
    value, at = x, 0
    for n, m in zip(WIDTHS, WIDTHS[1:]):
        weights = casadi.reshape(parameters[at:at + n * m], n, m).T
        value = casadi.tanh(weights @ value + parameters[at + n * m:at + n * m + m])
        at += n * m + m
    generator = casadi.CodeGenerator("casadi_network.c")
    for name, result in (("jacobian", casadi.jacobian(value, x)), ("gradient", casadi.gradient(value, x))):
        function = casadi.Function(name, [x, parameters], [result])
        # Scalar code, the faster one.
        generator.add(function.expand(name))
    generator.generate(str(folder) + "/")


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    exported(folder)
    generated(folder)
    (folder / "main.c").write_text(MAIN)
    subprocess.run(["gcc", "-O3", "-march=native", "-o", "table", "main.c", "network.c", "casadi_network.c", "-lm"], cwd=folder, check=True)
    print("CasADi", casadi.__version__, flush=True)
    sys.exit(subprocess.run(["./table"], cwd=folder).returncode)
