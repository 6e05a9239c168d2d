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
 * Where a vector field leads: arrows, and the ways from some starts; on {@linkplain EqualScales one scale}.
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
    /** How many times as far as the plane is wide nobody sees any more that it is not farther. */
    private static final double FARTHEST = 1e5;

    /** @param u the velocity to the right, NaN or infinite where there is none */
    public record Arrow(double x, double y, double u, double v) {

        private boolean isDrawn() {
            return Lattice.isValue(u) && Lattice.isValue(v) && size() > 0;
        }

        private double size() {
            return Math.max(Math.abs(u), Math.abs(v));
        }
    }

    public record Way(double[] x, double[] y) {

        /**
         * What is on paper: what is far off is nearer, in the same direction from the middle of the plane; a gap where
         * there are not even numbers for how far.
         */
        private Way nearer(Lattice plane) {
            double middleX = (plane.left() + plane.right()) / 2;
            double middleY = (plane.bottom() + plane.top()) / 2;
            double[][] places = new double[2][x.length];
            for (int i = 0; i < x.length; i++) {
                double far = Math.max(1, Math.max(Math.abs(x[i] - middleX) / (plane.right() - plane.left()),
                        Math.abs(y[i] - middleY) / (plane.top() - plane.bottom())) / FARTHEST);
                places[0][i] = Double.isInfinite(far) ? Double.NaN : middleX + (x[i] - middleX) / far;
                places[1][i] = Double.isInfinite(far) ? Double.NaN : middleY + (y[i] - middleY) / far;
            }
            return new Way(places[0], places[1]);
        }
    }

    @Override
    public void draw(Graphics2D graphics, Rectangle2D area) {
        XYPlot plot = Contours.plane(energy, EqualScales::new);
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
            Way way = ways.get(i).nearer(energy);
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
        double width = (energy.right() - energy.left()) / side;
        double height = (energy.top() - energy.bottom()) / side;
        // Beside the greatest, as squares and quotients of very small or large velocities are no numbers.
        double greatest = drawn.stream().mapToDouble(Arrow::size).max().orElse(1);
        double longest = drawn.stream().mapToDouble(arrow ->
                Math.hypot(arrow.u() / greatest / width, arrow.v() / greatest / height)).max().orElse(0);
        var series = new VectorSeries("field");
        for (Arrow arrow : drawn) {
            double u = arrow.u() / greatest;
            double v = arrow.v() / greatest;
            double length = Math.hypot(u / width, v / height);
            if (length > 0) {
                // By the root of its length, or the slow parts of a field could not be seen beside the fast ones.
                double scale = LONGEST / Math.sqrt(longest) / Math.sqrt(length);
                series.add(arrow.x() - scale * u / 2, arrow.y() - scale * v / 2, scale * u, scale * v);
            }
        }
        var collection = new VectorSeriesCollection();
        collection.addSeries(series);
        return collection;
    }
}
