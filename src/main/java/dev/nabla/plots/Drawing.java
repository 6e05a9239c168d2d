package dev.nabla.plots;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/** What can be drawn, in units of which a picture has 480 × 360 or more, so that text is as large in all of them. */
@FunctionalInterface
public interface Drawing {

    void draw(Graphics2D graphics, Rectangle2D area);
}
