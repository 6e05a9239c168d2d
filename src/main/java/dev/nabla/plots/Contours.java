package dev.nabla.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.DefaultXYDataset;

/**
 * A function of two variables by colours between levels, with a bar that tells their values.
 *
 * @param points where there are data, with their places as x and y
 */
public record Contours(Lattice lattice, List<Curves.Line> points) implements Drawing {

    private static final int ABOUT = 12;
    private static final int BAR_WIDTH = 14;
    private static final Color LINE = new Color(0, 0, 0, 90);
    private static final Color DIM = new Color(0xBBBBBB);
    /** As wide as the seams between two cells, which it closes. */
    private static final BasicStroke SEAM = new BasicStroke(0.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL);

    @Override
    public void draw(Graphics2D graphics, Rectangle2D area) {
        var plot = plane(lattice);
        JFreeChart chart = Style.chart(plot, false);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        if (lattice.hasValues()) {
            Levels levels = Levels.of(lattice.least(), lattice.greatest(), ABOUT);
            colour(plot, levels);
            chart.addSubtitle(bar(levels));
        }
        if (!points.isEmpty()) {
            var places = new DefaultXYDataset();
            for (int i = 0; i < points.size(); i++) {
                places.addSeries(i, new double[][] {points.get(i).x(), points.get(i).y()});
            }
            plot.setDataset(1, places);
            plot.setRenderer(1, Curves.dots(points));
        }
        chart.draw(graphics, area);
    }

    /** The plane of the two variables, on which nothing is yet. */
    static XYPlot plane(Lattice lattice) {
        return plane(lattice, (x, y) -> new XYPlot(null, x, y, null));
    }

    /** The same by what makes a plot of its axes. */
    static XYPlot plane(Lattice lattice, BiFunction<NumberAxis, NumberAxis, XYPlot> made) {
        XYPlot plot = made.apply(Style.domain(lattice.x(), lattice.left(), lattice.right()),
                Style.axis(lattice.y(), lattice.bottom(), lattice.top()));
        plot.setDataset(new DefaultXYDataset());
        plot.setRenderer(new XYLineAndShapeRenderer());
        plot.setNoDataMessage(lattice.hasValues() ? null : "undefined everywhere");
        return plot;
    }

    private void colour(XYPlot plot, Levels levels) {
        for (int band = 0; band < levels.bands(); band++) {
            Color colour = levels.colour(band);
            // What the lowest level is rounded to may be above the least value.
            double level = band == 0 ? Double.NEGATIVE_INFINITY : levels.level(band);
            plot.getRenderer().addAnnotation(new PlaneShape(new Isolines(lattice, level).region(), SEAM, colour,
                    Optional.of(colour)), Layer.BACKGROUND);
        }
        drawLines(plot, lattice, levels, LINE);
    }

    /** Lines of equal value without colours. */
    static void drawLines(XYPlot plot, Lattice lattice) {
        if (lattice.hasValues()) {
            drawLines(plot, lattice, Levels.of(lattice.least(), lattice.greatest(), ABOUT), DIM);
        }
    }

    private static void drawLines(XYPlot plot, Lattice lattice, Levels levels, Color colour) {
        for (int band = 1; band < levels.bands(); band++) {
            Path2D lines = new Isolines(lattice, levels.level(band)).lines();
            plot.getRenderer().addAnnotation(new PlaneShape(lines, Style.HAIR, colour, Optional.empty()),
                    Layer.BACKGROUND);
        }
    }

    private PaintScaleLegend bar(Levels levels) {
        NumberAxis axis = Style.axis(lattice.name(), levels.getLowerBound(), levels.getUpperBound());
        axis.setLabelAngle(Math.PI);
        var bar = new PaintScaleLegend(levels, axis);
        bar.setPosition(RectangleEdge.RIGHT);
        bar.setAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
        bar.setStripWidth(BAR_WIDTH);
        bar.setStripOutlinePaint(Style.INK);
        bar.setStripOutlineStroke(Style.HAIR);
        bar.setStripOutlineVisible(true);
        bar.setSubdivisionCount(levels.bands());
        bar.setAxisOffset(0);
        bar.setBackgroundPaint(Color.WHITE);
        bar.setMargin(new RectangleInsets(3, 12, 49, 0));
        return bar;
    }
}
