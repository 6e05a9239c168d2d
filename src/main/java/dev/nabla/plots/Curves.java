package dev.nabla.plots;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultXYDataset;

/**
 * Lines over one variable.
 *
 * @param domain what the variable is called
 * @param range what the values are called
 * @param lines those, from the left to the right, named in a legend unless there are very many; empty for axes with {@code note}
 *        between them
 * @param points each with its value, drawn under the lines
 * @param isLogarithmic whether values are told by their logarithm, where there is one: what is not positive is left out
 */
public record Curves(String domain, String range, List<Line> lines, List<Line> points, boolean isLogarithmic, String note)
        implements Drawing {

    /** What is more is thinned. */
    private static final int MOST_POINTS = 4000;
    private static final int DECADES = 6;
    private static final int ABOUT = 8;
    private static final int MOST_NAMED = 12;
    private static final double DOT = 4;
    private static final double LEAST = 1e-300;
    private static final double GREATEST = 1e300;

    /** @param y a gap where it is NaN or infinite */
    public record Line(String name, double[] x, double[] y) {

        private Line thinned() {
            int[] kept = Thinning.kept(List.of(y), MOST_POINTS);
            return new Line(name, Arrays.stream(kept).mapToDouble(i -> x[i]).toArray(),
                    Arrays.stream(kept).mapToDouble(i -> y[i]).toArray());
        }
    }

    @Override
    public void draw(Graphics2D graphics, Rectangle2D area) {
        boolean areLogarithms = hasLogarithms();
        var plot = new XYPlot(dataset(lines, areLogarithms), domainAxis(), rangeAxis(areLogarithms), linesRenderer());
        plot.setDomainGridlinesVisible(!lines.isEmpty());
        plot.setRangeGridlinesVisible(!lines.isEmpty());
        plot.setNoDataMessage(note);
        if (!points.isEmpty()) {
            plot.setDataset(1, dataset(points, areLogarithms));
            plot.setRenderer(1, dots(points));
        }
        int named = lines.size() + points.size();
        Style.chart(plot, named > 1 && named <= MOST_NAMED).draw(graphics, area);
    }

    private ValueAxis domainAxis() {
        double[] all = lines.stream().flatMapToDouble(line -> Arrays.stream(line.x())).toArray();
        double from = Arrays.stream(all).min().orElse(0);
        double to = Arrays.stream(all).max().orElse(1);
        NumberAxis axis = from < to ? Style.domain(domain, from, to) : Style.domain(domain, from - 1, from + 1);
        axis.setTickLabelsVisible(!lines.isEmpty());
        axis.setTickMarksVisible(!lines.isEmpty());
        return axis;
    }

    private ValueAxis rangeAxis(boolean areLogarithms) {
        double[] drawn = Stream.concat(lines.stream(), points.stream()).flatMapToDouble(line -> Arrays.stream(line.y()))
                .map(y -> drawn(y, areLogarithms)).filter(Double::isFinite).toArray();
        double least = Arrays.stream(drawn).min().orElse(0);
        double greatest = Arrays.stream(drawn).max().orElse(1);
        return areLogarithms ? powers(least, greatest) : numbers(Levels.of(least, greatest, ABOUT));
    }

    private ValueAxis numbers(Levels levels) {
        NumberAxis axis = Style.axis(range, levels.getLowerBound(), levels.getUpperBound());
        axis.setTickLabelsVisible(!lines.isEmpty());
        axis.setTickMarksVisible(!lines.isEmpty());
        return axis;
    }

    /** An axis of logarithms with whole powers of ten. */
    private ValueAxis powers(double least, double greatest) {
        double from = Math.floor(least);
        double to = Math.max(from + 1, Math.ceil(greatest));
        NumberAxis axis = Style.axis(range, from, to);
        axis.setTickUnit(new NumberTickUnit(Math.ceil((to - from) / DECADES), TickLabels.powers()));
        return axis;
    }

    private boolean hasLogarithms() {
        return isLogarithmic && lines.stream().flatMapToDouble(line -> Arrays.stream(line.y()))
                .anyMatch(y -> y > LEAST && y < GREATEST);
    }

    /** Where a value is on its axis; NaN where it is not drawn. */
    private static double drawn(double value, boolean isLogarithm) {
        return !(Math.abs(value) < GREATEST) || isLogarithm && !(value > LEAST) ? Double.NaN
                : isLogarithm ? Math.log10(value) : value;
    }

    private static DefaultXYDataset dataset(List<Line> ofThese, boolean areLogarithms) {
        var dataset = new DefaultXYDataset();
        for (int i = 0; i < ofThese.size(); i++) {
            Line line = ofThese.get(i).thinned();
            double[] y = Arrays.stream(line.y()).map(value -> drawn(value, areLogarithms)).toArray();
            dataset.addSeries(i, new double[][] {line.x(), y});
        }
        return dataset;
    }

    private XYLineAndShapeRenderer linesRenderer() {
        var renderer = new XYLineAndShapeRenderer(true, false);
        renderer.setDrawSeriesLineAsPath(true);
        renderer.setLegendItemLabelGenerator((_, series) -> Style.shown(lines.get(series).name()));
        renderer.setAutoPopulateSeriesStroke(false);
        for (int i = 0; i < lines.size(); i++) {
            BasicStroke stroke = Style.stroke(i);
            renderer.setSeriesPaint(i, Style.colour(i));
            renderer.setSeriesStroke(i, stroke);
        }
        renderer.setLegendLine(new java.awt.geom.Line2D.Double(-16, 0, 16, 0));
        return renderer;
    }

    static XYLineAndShapeRenderer dots(List<Line> points) {
        var renderer = new XYLineAndShapeRenderer(false, true);
        renderer.setLegendItemLabelGenerator((_, series) -> Style.shown(points.get(series).name()));
        Shape dot = new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT);
        for (int i = 0; i < points.size(); i++) {
            renderer.setSeriesShape(i, dot);
            renderer.setSeriesPaint(i, points.size() == 1 ? Style.INK : Style.colour(i));
        }
        return renderer;
    }
}
