package dev.nabla.training;

import dev.nabla.network.architectures.Scaling.Fitted;
import dev.nabla.network.architectures.Scaling.MeanAndScale;
import java.util.Arrays;

/** What is told of a column of finite numbers, also where their squares or sums would overflow. */
record Column(double least, double greatest, double mean, double deviation) {

    static Column of(double[] values) {
        double least = Arrays.stream(values).min().orElseThrow();
        double greatest = Arrays.stream(values).max().orElseThrow();
        double middle = least / 2 + greatest / 2;
        double half = greatest / 2 - least / 2;
        if (half == 0) {
            return new Column(least, greatest, least == greatest ? least : middle, 0);
        }
        double mean = 0;
        for (double value : values) {
            mean += distance(value, middle, half) / values.length;
        }
        double squares = 0;
        for (double value : values) {
            double fromMean = distance(value, middle, half) - mean;
            squares += fromMean * fromMean / values.length;
        }
        return new Column(least, greatest, middle + half * mean, half * Math.sqrt(squares));
    }

    /** (value − middle) / half, between −1 and 1. */
    private static double distance(double value, double middle, double half) {
        return (value / 2 - middle / 2) / half * 2;
    }

    /** By which the column is normalized; one of a single number gets scale 1. */
    MeanAndScale fitted(Fitted method) {
        return switch (method) {
            case STANDARD -> new MeanAndScale(mean, deviation > 0 ? deviation : 1);
            case MIN_MAX -> new MeanAndScale(least / 2 + greatest / 2, half() > 0 ? half() : 1);
        };
    }

    /** Half of what is between the least and the greatest. */
    double half() {
        return greatest / 2 - least / 2;
    }

    /** √(mean² + deviation²). */
    double size() {
        return Math.hypot(mean, deviation);
    }
}
