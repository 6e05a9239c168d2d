package dev.nabla.plots;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Where the values of a lattice, linear along the sides of its cells, reach a level. */
final class Isolines {

    private static final int CORNERS = 4;

    private final Lattice lattice;
    private final double level;

    Isolines(Lattice lattice, double level) {
        this.lattice = lattice;
        this.level = level;
    }

    /** A point, and whether the level is crossed there. */
    private record Point(double x, double y, boolean isCrossing) {}

    /** The part of the plane where values are at least so much. */
    Path2D region() {
        var region = new Path2D.Double();
        for (int row = 0; row < lattice.rows(); row++) {
            for (int column = 0; column < lattice.columns(); column++) {
                int end = column;
                while (end < lattice.columns() && lattice.isAtLeast(level, row, end)) {
                    end++;
                }
                if (end > column) {
                    region.append(new Rectangle2D.Double(lattice.xs()[column], lattice.ys()[row],
                            lattice.xs()[end] - lattice.xs()[column], lattice.ys()[row + 1] - lattice.ys()[row]), false);
                    column = end - 1;
                } else {
                    append(above(row, column), region);
                }
            }
        }
        return region;
    }

    /** The lines along which values are just so much. */
    Path2D lines() {
        var lines = new Path2D.Double();
        for (int row = 0; row < lattice.rows(); row++) {
            for (int column = 0; column < lattice.columns(); column++) {
                List<Point> above = lattice.isAtLeast(level, row, column) ? List.of() : above(row, column);
                for (int i = 0; i < above.size(); i++) {
                    Point from = above.get(i);
                    Point to = above.get((i + 1) % above.size());
                    if (from.isCrossing() && to.isCrossing()) {
                        lines.moveTo(from.x(), from.y());
                        lines.lineTo(to.x(), to.y());
                    }
                }
            }
        }
        return lines;
    }

    private static void append(List<Point> polygon, Path2D path) {
        for (int i = 0; i < polygon.size(); i++) {
            if (i == 0) {
                path.moveTo(polygon.get(i).x(), polygon.get(i).y());
            } else {
                path.lineTo(polygon.get(i).x(), polygon.get(i).y());
            }
        }
        if (!polygon.isEmpty()) {
            path.closePath();
        }
    }

    /** The part of a cell where values are at least so much (Sutherland and Hodgman 1974); nothing of one with a gap. */
    private List<Point> above(int row, int column) {
        if (!lattice.isWhole(row, column)) {
            return List.of();
        }
        var above = new ArrayList<Point>();
        for (int i = 0; i < CORNERS; i++) {
            double[] from = lattice.corner(row, column, i);
            double[] to = lattice.corner(row, column, (i + 1) % CORNERS);
            if (from[2] >= level) {
                above.add(new Point(from[0], from[1], false));
            }
            if (from[2] >= level != to[2] >= level) {
                double share = (level - from[2]) / (to[2] - from[2]);
                above.add(new Point(from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1]), true));
            }
        }
        return above;
    }
}
