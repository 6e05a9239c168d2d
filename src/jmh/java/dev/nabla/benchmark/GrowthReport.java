package dev.nabla.benchmark;

import dev.nabla.plots.Curves;
import dev.nabla.plots.Curves.Line;
import dev.nabla.plots.Picture;
import dev.nabla.plots.Picture.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import tools.jackson.databind.JsonNode;

/** How time and memory grow: a table with fitted exponents, and a picture. */
final class GrowthReport {

    /** The largest sizes, as much does not grow that counts where a problem is small. */
    private static final int FITTED = 3;
    private static final Picture SHEET = new Picture(960, 640);

    private final Map<Growing, double[]> seconds = new EnumMap<>(Growing.class);
    private final Map<Growing, double[]> bytes = new EnumMap<>(Growing.class);

    /** @param result of {@link GrowthBenchmark} in JMH's JSON */
    void add(JsonNode result) {
        var growing = Growing.valueOf(result.get("params").get("growing").asString());
        int doublings = result.get("params").get("doublings").asInt();
        double operations = least(result.get("secondaryMetrics").get("operations"));
        of(seconds, growing)[doublings] = least(result.get("primaryMetric")) / operations;
        of(bytes, growing)[doublings] = least(result.get("secondaryMetrics").get("bytes"));
    }

    private static double[] of(Map<Growing, double[]> all, Growing growing) {
        return all.computeIfAbsent(growing, _ -> new double[Growing.DOUBLINGS + 1]);
    }

    /** The least of all iterations: what else runs on a machine only adds. */
    private static double least(JsonNode metric) {
        double least = Double.POSITIVE_INFINITY;
        for (JsonNode fork : metric.get("rawData")) {
            for (JsonNode iteration : fork) {
                least = Math.min(least, iteration.asDouble());
            }
        }
        return least;
    }

    /** A line through the logarithms, by least squares, over the largest sizes, each twice the one before. */
    static SimpleRegression exponent(double[] values) {
        var regression = new SimpleRegression();
        for (int i = values.length - FITTED; i < values.length; i++) {
            regression.addData(i, Math.log(values[i]) / Math.log(2));
        }
        return regression;
    }

    private static String text(SimpleRegression exponent) {
        return String.format(Locale.ROOT, "%.2f ± %.2f", exponent.getSlope(), exponent.getSlopeStdErr());
    }

    void print(Path picture) {
        if (seconds.isEmpty()) {
            return;
        }
        System.out.println("\n### Growth\n\n| | against | from, to | time, ms | exponent | at most | memory, MB | exponent | at most |\n"
                + "|---|---|---|---|---:|---:|---|---:|---:|");
        seconds.forEach((growing, times) -> System.out.printf(Locale.ROOT, "| %s | %s | %d, %d | %s | %s | %.0f | %s | %s | %.0f |%n",
                growing.what(), growing.axis(), growing.size(0), growing.size(Growing.DOUBLINGS), ends(times, 1e3),
                text(exponent(times)), growing.theory(), ends(bytes.get(growing), 1e-6), text(exponent(bytes.get(growing))),
                growing.theoryOfMemory()));
        System.out.printf("%nExponents, with standard errors, of the %d largest of %d sizes, each twice the one before; the least time of "
                + "all iterations. Memory is what is taken from the heap for expressions and programs, and for trainings what they hold "
                + "before the first step.%n", FITTED, Growing.DOUBLINGS + 1);
        try {
            Files.write(picture, SHEET.of(new Curves("size, as a power of two of the least", "time, of the least size",
                    lines(), List.of(), true, ""), Format.SVG));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println("\nThe picture is " + picture);
    }

    private static String ends(double[] values, double unit) {
        return number(values[0] * unit) + ", " + number(values[values.length - 1] * unit);
    }

    private static String number(double value) {
        return new BigDecimal(value).round(new MathContext(2)).toPlainString();
    }

    private List<Line> lines() {
        double[] sizes = IntStream.rangeClosed(0, Growing.DOUBLINGS).asDoubleStream().toArray();
        var lines = new ArrayList<Line>();
        seconds.forEach((growing, times) -> lines.add(new Line(growing.name().toLowerCase(Locale.ROOT).replace('_', ' '), sizes,
                Arrays.stream(times).map(time -> time / times[0]).toArray())));
        return lines;
    }
}
