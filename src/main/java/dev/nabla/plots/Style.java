package dev.nabla.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** How all pictures look: readable where they are 8 cm wide, in colours that everybody tells apart. */
final class Style {

    static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 16);
    static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    static final Color INK = Color.BLACK;
    static final Color GRID = new Color(0xDDDDDD);
    static final BasicStroke THIN = new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    static final BasicStroke HAIR = new BasicStroke(0.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    private static final double APART = 9;
    private static final int MOST_LETTERS = 44;

    /** Okabe and Ito's (2008), without yellow, which is hard to see on white. */
    private static final List<Color> COLOURS = List.of(new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73),
            new Color(0xCC79A7), new Color(0xE69F00), new Color(0x56B4E9), Color.BLACK);
    /** Lengths of dashes and gaps, for those who print in black; of other lengths than there are colours. */
    private static final List<float[]> DASHES = List.of(new float[0], new float[] {8, 4}, new float[] {2, 3},
            new float[] {10, 3, 2, 3});
    private static final float LINE_WIDTH = 2;

    static {
        // Else turned text would be drawn as the outlines of its letters.
        TextUtils.setUseDrawRotatedStringWorkaround(false);
    }

    private Style() {}

    /** @throws NoFontsException if text cannot be measured */
    @SuppressWarnings("ReturnValueIgnored")
    static void requireFonts() {
        try {
            TICK.getStringBounds("0", new FontRenderContext(null, true, true));
        } catch (RuntimeException | LinkageError | InternalError e) {
            throw new NoFontsException(e);
        }
    }

    static Color colour(int line) {
        return COLOURS.get(line % COLOURS.size());
    }

    static BasicStroke stroke(int line) {
        float[] dash = DASHES.get(line % DASHES.size());
        return dash.length == 0 ? new BasicStroke(LINE_WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(LINE_WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
    }

    /** A name as it is, or its beginning where it is too long for a picture. */
    static String shown(String name) {
        return name.codePointCount(0, name.length()) <= MOST_LETTERS ? name
                : name.substring(0, name.offsetByCodePoints(0, MOST_LETTERS - 1)) + "…";
    }

    /** An axis that is just so long. */
    static NumberAxis axis(String name, double from, double to) {
        var axis = new NumberAxis(shown(name));
        axis.setStandardTickUnits(new RoundTicks());
        axis.setRange(from, to);
        return dressed(axis);
    }

    /** One to the right, whose labels keep away from each other. */
    static NumberAxis domain(String name, double from, double to) {
        NumberAxis axis = axis(name, from, to);
        axis.setTickLabelInsets(new RectangleInsets(2, APART, 2, APART));
        return axis;
    }

    static <A extends ValueAxis> A dressed(A axis) {
        axis.setLabelFont(LABEL);
        axis.setTickLabelFont(TICK);
        axis.setLabelPaint(INK);
        axis.setTickLabelPaint(INK);
        axis.setAxisLinePaint(INK);
        axis.setTickMarkPaint(INK);
        axis.setTickMarkOutsideLength(5);
        axis.setTickMarkStroke(THIN);
        axis.setAxisLineStroke(THIN);
        return axis;
    }

    /** Without title, on white; with a legend above it where that is asked for. */
    static JFreeChart chart(XYPlot plot, boolean hasLegend) {
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinePaint(GRID);
        plot.setRangeGridlinePaint(GRID);
        plot.setDomainGridlineStroke(HAIR);
        plot.setRangeGridlineStroke(HAIR);
        plot.setOutlinePaint(INK);
        plot.setOutlineStroke(THIN);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setNoDataMessageFont(LABEL);
        plot.setNoDataMessagePaint(INK);
        var chart = new JFreeChart(null, LABEL, plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(10, 8, 8, 18));
        if (hasLegend) {
            var legend = new LegendTitle(plot);
            legend.setItemFont(TICK);
            legend.setItemPaint(INK);
            legend.setFrame(BlockBorder.NONE);
            legend.setPosition(RectangleEdge.TOP);
            legend.setItemLabelPadding(new RectangleInsets(2, 2, 2, 10));
            chart.addSubtitle(legend);
        }
        return chart;
    }
}
