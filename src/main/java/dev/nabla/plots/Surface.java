package dev.nabla.plots;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.stream.IntStream;

/** A function of two variables as a surface above their plane, seen from the front, half from above, from far away. */
public record Surface(Lattice lattice) implements Drawing {

    private static final double AZIMUTH = Math.toRadians(-60);
    private static final double ELEVATION = Math.toRadians(28);
    private static final double HEIGHT = 0.75;
    private static final int ABOUT = 5;
    private static final double TICK = 0.03;
    private static final double LABEL = 0.055;
    private static final double MARGIN = 12;
    private static final double ABOVE = 34;
    private static final double BELOW = 44;
    private static final double BESIDE = 30;
    private static final double GAP = 9;
    private static final float SHADE = 0.7f;
    private static final int CORNERS = 4;
    /** How far the box reaches on paper to either side, up and down, from its middle. */
    private static final double HALF_WIDTH = (Math.abs(Math.sin(AZIMUTH)) + Math.cos(AZIMUTH)) / 2;
    private static final double HALF_HEIGHT = HEIGHT / 2 * Math.cos(ELEVATION) + HALF_WIDTH * Math.sin(ELEVATION);

    @Override
    public void draw(Graphics2D graphics, Rectangle2D area) {
        new Sheet(graphics, area, lattice).draw();
    }

    /** The box around a surface, from −½ to ½ in each direction but up, and where its points are on paper. */
    private static final class Sheet {

        private final Graphics2D graphics;
        private final Rectangle2D area;
        private final Lattice lattice;
        private final Levels heights;
        private final double left;
        private final double scaleX;
        private final double scaleY;

        private Sheet(Graphics2D graphics, Rectangle2D area, Lattice lattice) {
            this.graphics = graphics;
            this.area = area;
            this.lattice = lattice;
            this.heights = Levels.of(lattice.least(), lattice.greatest(), ABOUT);
            graphics.setFont(Style.TICK);
            this.left = area.getX() + MARGIN + 2 * GAP + IntStream.rangeClosed(0, heights.bands())
                    .map(i -> graphics.getFontMetrics().stringWidth(height(i))).max().orElseThrow();
            this.scaleX = (area.getMaxX() - left - BESIDE) / (2 * HALF_WIDTH);
            this.scaleY = (area.getHeight() - ABOVE - BELOW) / (2 * HALF_HEIGHT);
        }

        private void draw() {
            graphics.setStroke(Style.HAIR);
            walls();
            cells();
            axes();
        }

        /** The point on paper of one in the box. */
        private Point2D at(double u, double v, double w) {
            double right = -u * Math.sin(AZIMUTH) + v * Math.cos(AZIMUTH);
            double near = u * Math.cos(AZIMUTH) + v * Math.sin(AZIMUTH);
            double up = w * HEIGHT * Math.cos(ELEVATION) - near * Math.sin(ELEVATION);
            return new Point2D.Double(left + (right + HALF_WIDTH) * scaleX,
                    area.getY() + ABOVE + (HALF_HEIGHT - up) * scaleY);
        }

        private static double inBox(double value, double from, double to) {
            return (value - from) / (to - from) - 0.5;
        }

        private double u(double x) {
            return inBox(x, lattice.left(), lattice.right());
        }

        private double v(double y) {
            return inBox(y, lattice.bottom(), lattice.top());
        }

        private double w(double value) {
            return inBox(value, heights.getLowerBound(), heights.getUpperBound());
        }

        /** The floor and the two walls behind, with lines at the ticks. */
        private void walls() {
            graphics.setColor(Style.GRID);
            for (double x : ticks(lattice.xs())) {
                line(at(u(x), -0.5, -0.5), at(u(x), 0.5, -0.5));
                line(at(u(x), 0.5, -0.5), at(u(x), 0.5, 0.5));
            }
            for (double y : ticks(lattice.ys())) {
                line(at(-0.5, v(y), -0.5), at(0.5, v(y), -0.5));
                line(at(-0.5, v(y), -0.5), at(-0.5, v(y), 0.5));
            }
            for (int i = 0; i <= heights.bands(); i++) {
                line(at(-0.5, -0.5, w(heights.level(i))), at(-0.5, 0.5, w(heights.level(i))));
                line(at(-0.5, 0.5, w(heights.level(i))), at(0.5, 0.5, w(heights.level(i))));
            }
            line(at(-0.5, 0.5, -0.5), at(-0.5, 0.5, 0.5));
            line(at(0.5, 0.5, -0.5), at(0.5, 0.5, 0.5));
        }

        /** From the farthest to the nearest, which hide what is behind. */
        private void cells() {
            for (int row = lattice.rows() - 1; row >= 0; row--) {
                for (int column = 0; column < lattice.columns(); column++) {
                    if (lattice.isWhole(row, column)) {
                        cell(row, column);
                    }
                }
            }
        }

        private void cell(int row, int column) {
            var outline = new Path2D.Double();
            double mean = 0;
            for (int i = 0; i < CORNERS; i++) {
                double[] corner = lattice.corner(row, column, i);
                mean += corner[2] / CORNERS;
                Point2D point = at(u(corner[0]), v(corner[1]), w(corner[2]));
                if (i == 0) {
                    outline.moveTo(point.getX(), point.getY());
                } else {
                    outline.lineTo(point.getX(), point.getY());
                }
            }
            outline.closePath();
            Color colour = Viridis.at((mean - lattice.least()) / Math.max(lattice.greatest() - lattice.least(), Double.MIN_NORMAL));
            graphics.setColor(colour);
            graphics.fill(outline);
            graphics.setColor(new Color((int) (colour.getRed() * SHADE), (int) (colour.getGreen() * SHADE),
                    (int) (colour.getBlue() * SHADE)));
            graphics.draw(outline);
        }

        private void axes() {
            graphics.setColor(Style.INK);
            graphics.setStroke(Style.THIN);
            line(at(-0.5, -0.5, -0.5), at(0.5, -0.5, -0.5));
            line(at(0.5, -0.5, -0.5), at(0.5, 0.5, -0.5));
            line(at(-0.5, -0.5, -0.5), at(-0.5, -0.5, 0.5));
            double[] xs = ticks(lattice.xs());
            for (double x : xs) {
                line(at(u(x), -0.5, -0.5), at(u(x), -0.5 - TICK, -0.5));
                text(TickLabels.every(xs[1] - xs[0]).label(x), at(u(x), -0.5 - LABEL, -0.5), 0.6, 1);
            }
            double[] ys = ticks(lattice.ys());
            for (double y : ys) {
                line(at(0.5, v(y), -0.5), at(0.5 + TICK, v(y), -0.5));
                text(TickLabels.every(ys[1] - ys[0]).label(y), at(0.5 + LABEL, v(y), -0.5), 0.1, 0.8);
            }
            for (int i = 0; i <= heights.bands(); i++) {
                Point2D level = at(-0.5, -0.5, w(heights.level(i)));
                line(level, beside(level, GAP / 2));
                text(height(i), beside(level, GAP), 1, 0.35);
            }
            graphics.setFont(Style.LABEL);
            text(Style.shown(lattice.x()), at(0, -0.5 - 0.2, -0.5), 1, 0.9);
            text(Style.shown(lattice.y()), at(0.5 + 0.2, 0.05, -0.5), 0, 0.9);
            FontMetrics metrics = graphics.getFontMetrics();
            graphics.drawString(Style.shown(lattice.name()), (float) (area.getX() + MARGIN),
                    (float) (area.getY() + MARGIN + metrics.getAscent()));
        }

        private String height(int level) {
            return TickLabels.every(heights.step()).label(heights.level(level));
        }

        private static Point2D beside(Point2D point, double left) {
            return new Point2D.Double(point.getX() - left, point.getY());
        }

        /** At least two. */
        private static double[] ticks(double[] values) {
            double from = values[0];
            double to = values[values.length - 1];
            double step = RoundTicks.atLeast((to - from) / ABOUT);
            double first = Math.ceil(from / step - 1e-9);
            int count = (int) (Math.floor(to / step + 1e-9) - first) + 1;
            double[] ticks = new double[count];
            for (int i = 0; i < count; i++) {
                ticks[i] = (first + i) * step;
            }
            return ticks;
        }

        private void line(Point2D from, Point2D to) {
            graphics.draw(new Line2D.Double(from, to));
        }

        /** A text of which a point, as a share of its width from the left and of its ascent from above, is there. */
        private void text(String text, Point2D there, double right, double down) {
            FontMetrics metrics = graphics.getFontMetrics();
            double from = there.getX() - right * metrics.stringWidth(text);
            graphics.drawString(text,
                    (float) Math.clamp(from, area.getX(), Math.max(area.getX(), area.getMaxX() - metrics.stringWidth(text))),
                    (float) (there.getY() + down * metrics.getAscent()));
        }
    }
}
