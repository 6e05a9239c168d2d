package dev.nabla.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.VectorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultXYDataset;
import org.jfree.data.xy.VectorSeries;
import org.jfree.data.xy.VectorSeriesCollection;

/**
 * Where a vector field leads: arrows, and the ways from some starts.
 *
 * @param energy whose lines of equal value are behind; with values or without
 * @param arrows where the field is drawn
 * @param ways each from its start, which is marked
 */
public record PhasePortrait(Lattice energy, List<Arrow> arrows, List<Way> ways) implements Drawing {

    private static final Color ARROW = new Color(0x666666);
    private static final BasicStroke WAY = new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final double DOT = 7;
    /** Of the distance between two arrows. */
    private static final double LONGEST = 0.85;

    /** @param u the velocity to the right, NaN or infinite where there is none */
    public record Arrow(double x, double y, double u, double v) {

        private boolean isDrawn() {
            return Lattice.isValue(u) && Lattice.isValue(v);
        }
    }

    public record Way(double[] x, double[] y) {}

    @Override
    public void draw(Graphics2D graphics, Rectangle2D area) {
        XYPlot plot = Contours.plane(energy);
        plot.setNoDataMessage(null);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        Contours.drawLines(plot, energy);
        plot.setDataset(1, field());
        var arrowRenderer = new VectorRenderer();
        arrowRenderer.setDefaultPaint(ARROW);
        arrowRenderer.setAutoPopulateSeriesPaint(false);
        arrowRenderer.setDefaultStroke(Style.THIN);
        arrowRenderer.setAutoPopulateSeriesStroke(false);
        plot.setRenderer(1, arrowRenderer);
        var lines = new DefaultXYDataset();
        var starts = new DefaultXYDataset();
        var lineRenderer = new XYLineAndShapeRenderer(true, false);
        var startRenderer = new XYLineAndShapeRenderer(false, true);
        lineRenderer.setDrawSeriesLineAsPath(true);
        for (int i = 0; i < ways.size(); i++) {
            Way way = ways.get(i);
            lines.addSeries(i, new double[][] {way.x(), way.y()});
            lineRenderer.setSeriesPaint(i, Style.colour(i));
            lineRenderer.setSeriesStroke(i, WAY);
            starts.addSeries(i, new double[][] {{way.x()[0]}, {way.y()[0]}});
            startRenderer.setSeriesShape(i, new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT));
            startRenderer.setSeriesPaint(i, Style.colour(i));
        }
        plot.setDataset(2, lines);
        plot.setRenderer(2, lineRenderer);
        plot.setDataset(3, starts);
        plot.setRenderer(3, startRenderer);
        Style.chart(plot, false).draw(graphics, area);
    }

    /** All scaled by one number, so that the longest does not reach the next. */
    private VectorSeriesCollection field() {
        List<Arrow> drawn = arrows.stream().filter(Arrow::isDrawn).toList();
        double side = Math.sqrt(arrows.size());
        double width = (energy.xs()[energy.columns()] - energy.xs()[0]) / side;
        double height = (energy.ys()[energy.rows()] - energy.ys()[0]) / side;
        double longest = drawn.stream().mapToDouble(arrow -> Math.hypot(arrow.u() / width, arrow.v() / height)).max().orElse(0);
        var series = new VectorSeries("field");
        for (Arrow arrow : drawn) {
            double length = Math.hypot(arrow.u() / width, arrow.v() / height);
            if (length > 0) {
                // By the root of its length, or the slow parts of a field could not be seen beside the fast ones.
                double scale = LONGEST / Math.sqrt(longest) / Math.sqrt(length);
                double u = scale * arrow.u();
                double v = scale * arrow.v();
                series.add(arrow.x() - u / 2, arrow.y() - v / 2, u, v);
            }
        }
        var collection = new VectorSeriesCollection();
        collection.addSeries(series);
        return collection;
    }
}
