/*
 * A training of the network 2-3-3-1 (tanh) by hand: the relative L2 error of batches, in the order of the samples, and Adam.
 * What a step costs where nothing is general. Parameters lie layer after layer, weights by row before biases.
 */
#include <math.h>
#include <string.h>

enum { MOST_SAMPLES = 1024, MOST_OF_BATCH = 512, PARAMETERS = 25 };

static double X[MOST_SAMPLES][2], Y[MOST_SAMPLES], th[PARAMETERS], g[PARAMETERS], m[PARAMETERS], v[PARAMETERS];
static double h1[MOST_OF_BATCH][3], h2[MOST_OF_BATCH][3], o[MOST_OF_BATCH];
static double power1, power2;
static int samples, next;

static double step(int from, int to) {
  double se = 0, st = 0;
  int n = to - from;
  for (int s = 0; s < n; s++) {
    const double *x = X[from + s];
    for (int j = 0; j < 3; j++) h1[s][j] = tanh(th[2 * j] * x[0] + th[2 * j + 1] * x[1] + th[6 + j]);
    for (int j = 0; j < 3; j++) {
      double z = th[18 + j];
      for (int i = 0; i < 3; i++) z += th[9 + 3 * j + i] * h1[s][i];
      h2[s][j] = tanh(z);
    }
    double z = th[24];
    for (int j = 0; j < 3; j++) z += th[21 + j] * h2[s][j];
    o[s] = tanh(z);
    double r = o[s] - Y[from + s];
    se += r * r;
    st += Y[from + s] * Y[from + s];
  }
  double scale = 1 / (sqrt(se) * sqrt(st));
  memset(g, 0, sizeof g);
  for (int s = 0; s < n; s++) {
    const double *x = X[from + s];
    double d = (o[s] - Y[from + s]) * scale * (1 - o[s] * o[s]), d2[3];
    g[24] += d;
    for (int j = 0; j < 3; j++) {
      g[21 + j] += d * h2[s][j];
      d2[j] = d * th[21 + j] * (1 - h2[s][j] * h2[s][j]);
      g[18 + j] += d2[j];
      for (int i = 0; i < 3; i++) g[9 + 3 * j + i] += d2[j] * h1[s][i];
    }
    for (int i = 0; i < 3; i++) {
      double a = 0;
      for (int j = 0; j < 3; j++) a += th[9 + 3 * j + i] * d2[j];
      double d1 = a * (1 - h1[s][i] * h1[s][i]);
      g[6 + i] += d1;
      g[2 * i] += d1 * x[0];
      g[2 * i + 1] += d1 * x[1];
    }
  }
  power1 *= .9;
  power2 *= .99;
  for (int k = 0; k < PARAMETERS; k++) {
    m[k] = .9 * m[k] + .1 * g[k];
    v[k] = .99 * v[k] + .01 * g[k] * g[k];
    th[k] -= 1e-3 * (m[k] / (1 - power1)) / (sqrt(v[k] / (1 - power2)) + 1e-8);
  }
  return sqrt(se / st);
}

/* Begins a training. */
void start(int count, const double *inputs, const double *targets, const double *parameters) {
  samples = count;
  next = 0;
  memcpy(X, inputs, count * sizeof X[0]);
  memcpy(Y, targets, count * sizeof Y[0]);
  memcpy(th, parameters, sizeof th);
  memset(m, 0, sizeof m);
  memset(v, 0, sizeof v);
  power1 = power2 = 1;
}

/* Makes the next steps, and returns the loss before the last. */
double train(int steps, int batch) {
  double loss = 0;
  for (int i = 0; i < steps; i++) {
    int to = next + batch < samples ? next + batch : samples;
    loss = step(next, to);
    next = to == samples ? 0 : to;
  }
  return loss;
}

/* Writes the parameters. */
void copy(double *parameters) {
  memcpy(parameters, th, sizeof th);
}
