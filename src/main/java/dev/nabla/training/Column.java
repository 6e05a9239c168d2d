package dev.nabla.training;

import dev.nabla.network.architectures.Scaling.Fitted;
import dev.nabla.network.architectures.Scaling.MeanAndScale;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What is told of a column of finite numbers, also where their squares or sums would overflow. */
record Column(double least, double greatest, double mean, double deviation, long count) {

    static Column of(double[] values) {
        double least = Arrays.stream(values).min().orElseThrow();
        double greatest = Arrays.stream(values).max().orElseThrow();
        double middle = least / 2 + greatest / 2;
        double half = greatest / 2 - least / 2;
        if (half == 0) {
            return new Column(least, greatest, least == greatest ? least : middle, 0, values.length);
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
        return new Column(least, greatest, middle + half * mean, half * Math.sqrt(squares), values.length);
    }

    /** One column of a row-major table. */
    static Column of(double[] table, int columns, int column) {
        return of(IntStream.range(0, table.length / columns).mapToDouble(row -> table[row * columns + column]).toArray());
    }

    /** Of points that are everywhere between two numbers alike. */
    static Column ofRange(double low, double high, long points) {
        double half = high / 2 - low / 2;
        return new Column(low, high, half == 0 ? low : low / 2 + high / 2, half / Math.sqrt(3), points);
    }

    /** All together, of which there is one or more. */
    static Column of(List<Column> columns) {
        if (columns.size() == 1) {
            return columns.getFirst();
        }
        double least = columns.stream().mapToDouble(Column::least).min().orElseThrow();
        double greatest = columns.stream().mapToDouble(Column::greatest).max().orElseThrow();
        long count = columns.stream().mapToLong(Column::count).sum();
        double middle = least / 2 + greatest / 2;
        double half = greatest / 2 - least / 2;
        if (half == 0) {
            return new Column(least, greatest, least == greatest ? least : middle, 0, count);
        }
        double mean = 0;
        for (Column column : columns) {
            mean += distance(column.mean, middle, half) * column.count / count;
        }
        double squares = 0;
        for (Column column : columns) {
            double fromMean = distance(column.mean, middle, half) - mean;
            double deviation = column.deviation / half;
            squares += (fromMean * fromMean + deviation * deviation) * column.count / count;
        }
        return new Column(least, greatest, middle + half * mean, half * Math.sqrt(squares), count);
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

    /** The same of (x − mean) / scale. */
    Column scaled(MeanAndScale by) {
        return new Column((least - by.mean()) / by.scale(), (greatest - by.mean()) / by.scale(), (mean - by.mean()) / by.scale(),
                deviation / by.scale(), count);
    }

    /** Whether all are one number. */
    boolean isConstant() {
        return least == greatest;
    }

    /** How far the middle is from 0, in halves of what is between the least and the greatest; 0 where that is nothing. */
    double distance() {
        return half() == 0 ? 0 : Math.abs(least / 2 + greatest / 2) / half();
    }

    /** √(mean² + deviation²). */
    double size() {
        return Math.hypot(mean, deviation);
    }
}
