package dev.nabla.plots;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;

/**
 * A plane with the same scale across and upwards, so that circles are round, where its ranges are alike: it is narrower or lower
 * than its place, in the middle of it. Where one range is more than three times the other it fills its place.
 */
@SuppressWarnings("serial")
final class EqualScales extends XYPlot {

    private static final double MOST = 3;

    EqualScales(NumberAxis across, NumberAxis upwards) {
        super(null, across, upwards, null);
    }

    @Override
    protected AxisSpace calculateAxisSpace(Graphics2D graphics, Rectangle2D area) {
        AxisSpace space = super.calculateAxisSpace(graphics, area);
        double width = getDomainAxis().getRange().getLength();
        double height = getRangeAxis().getRange().getLength();
        Rectangle2D inner = space.shrink(area, null);
        if (Math.max(width / height, height / width) <= MOST) {
            double left = inner.getWidth() - inner.getHeight() * width / height;
            double below = inner.getHeight() - inner.getWidth() * height / width;
            space.add(Math.max(0, left) / 2, RectangleEdge.LEFT);
            space.add(Math.max(0, left) / 2, RectangleEdge.RIGHT);
            space.add(Math.max(0, below) / 2, RectangleEdge.TOP);
            space.add(Math.max(0, below) / 2, RectangleEdge.BOTTOM);
        }
        return space;
    }
}
