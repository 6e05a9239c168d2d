package dev.nabla.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;
import org.jfree.chart.annotations.XYAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.event.AnnotationChangeListener;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;

/**
 * A shape in the units of both axes. JFreeChart's XYShapeAnnotation divides by how wide and how high the shape is,
 * which is 0 of lines that are upright or level.
 */
record PlaneShape(Path2D shape, BasicStroke stroke, Color line, Optional<Color> fill) implements XYAnnotation {

    @Override
    public void draw(Graphics2D graphics, XYPlot plot, Rectangle2D area, ValueAxis x, ValueAxis y, int renderer,
            PlotRenderingInfo info) {
        // In two steps, as one would lose the last digits of a plane that is far from 0.
        Shape fromCorner = AffineTransform.getTranslateInstance(-x.getLowerBound(), -y.getLowerBound())
                .createTransformedShape(shape);
        Shape onPaper = new AffineTransform(area.getWidth() / x.getRange().getLength(), 0, 0, -area.getHeight()
                / y.getRange().getLength(), area.getMinX(), area.getMaxY()).createTransformedShape(fromCorner);
        fill.ifPresent(colour -> {
            graphics.setPaint(colour);
            graphics.fill(onPaper);
        });
        graphics.setPaint(line);
        graphics.setStroke(stroke);
        graphics.draw(onPaper);
    }

    @Override
    public void addChangeListener(AnnotationChangeListener listener) {
        // It never changes.
    }

    @Override
    public void removeChangeListener(AnnotationChangeListener listener) {
        // There is none.
    }
}
