package dev.nabla.plots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.plots.Curves.Line;
import dev.nabla.plots.Picture.Format;
import dev.nabla.plots.PhasePortrait.Arrow;
import dev.nabla.plots.PhasePortrait.Way;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures read back: what stands in them, and that it stands where it should. */
@Isolated("sets the default locale")
class PictureTest {

    private static final Picture SHEET = new Picture(960, 720);

    private static double[] grid(int points) {
        return IntStream.range(0, points).mapToDouble(i -> -1 + 2.0 * i / (points - 1)).toArray();
    }

    private static Lattice lattice(int points, DoubleBinaryOperator function) {
        double[] axis = grid(points);
        return new Lattice("x", "y", "z", axis, axis.clone(), Arrays.stream(axis).mapToObj(y -> Arrays.stream(axis)
                .map(x -> function.applyAsDouble(x, y)).toArray()).toArray(double[][]::new));
    }

    private static Curves curve(double[] x, double[] y) {
        return new Curves("x", "z", List.of(new Line("z", x, y)), List.of(), false, "");
    }

    private static Svg svg(Drawing drawing) {
        return Svg.of(SHEET.of(drawing, Format.SVG));
    }

    @Test
    void aCurveIsWhereItsAxesSay() {
        double[] x = grid(101);
        double[] y = Arrays.stream(x).map(at -> -30 * Math.sin(3 * at) + 2).toArray();
        Svg svg = svg(curve(x, y));
        double[][] places = svg.lines().getFirst();
        assertThat(places).hasDimensions(101, 2);
        double[][] horizontal = svg.marks(false);
        double[][] vertical = svg.marks(true);
        assertThat(horizontal.length).isGreaterThan(3);
        assertThat(vertical.length).isGreaterThan(3);
        for (int i = 0; i < x.length; i++) {
            // A unit is two pixels.
            assertThat(places[i][0]).isCloseTo(place(horizontal, x[i]), within(0.5));
            assertThat(places[i][1]).isCloseTo(place(vertical, y[i]), within(0.5));
        }
    }

    /** Where a number is, by the first and the last mark. */
    private static double place(double[][] marks, double number) {
        double[] first = marks[0];
        double[] last = marks[marks.length - 1];
        return first[0] + (number - first[1]) * (last[0] - first[0]) / (last[1] - first[1]);
    }

    @Test
    void undefinedValuesAreGaps() {
        double[] x = grid(11);
        double[] y = x.clone();
        y[5] = Double.NaN;
        assertThat(svg(curve(x, y)).all("path").stream().map(path -> path.getAttribute("d")).filter(path ->
                path.chars().filter(c -> c == 'M').count() == 2 && path.chars().filter(c -> c == 'L').count() == 8)).hasSize(1);
        Svg whole = svg(new Surface(lattice(6, (_, _) -> 1)));
        Svg holed = svg(new Surface(lattice(6, (a, b) -> a > 0.9 && b > 0.9 ? Double.NaN : 1)));
        assertThat(whole.all("path").size() - holed.all("path").size()).isEqualTo(2);
        assertThat(svg(new Contours(lattice(6, (_, _) -> Double.NaN), List.of())).texts()).contains("undefined everywhere");
        assertThat(svg(new Surface(lattice(6, (_, _) -> Double.NaN))).texts()).contains("x", "y", "z");
    }

    @Test
    void logarithmsAreTheDefaultOfLossesWhereThereAreAny() {
        var falling = new Curves("epoch", "loss", List.of(new Line("loss", new double[] {1, 2, 3}, new double[] {0.5, 0, 2e-3})),
                List.of(), true, "");
        assertThat(svg(falling).texts()).contains("epoch", "loss", "10⁰", "10⁻¹", "10⁻²", "10⁻³");
        var zero = new Curves("epoch", "loss", List.of(new Line("loss", new double[] {1, 2}, new double[] {0, 0})), List.of(), true, "");
        assertThat(svg(zero).texts()).contains("0").doesNotContain("10⁰");
        var empty = new Curves("epoch", "loss", List.of(), List.of(), true, "no epoch is over yet");
        assertThat(svg(empty).texts()).containsExactlyInAnyOrder("epoch", "loss", "no epoch is over yet");
    }

    @Test
    void linesHaveTheirNamesAndWhatIsLongIsThinned() {
        double[] epochs = IntStream.rangeClosed(1, 100_000).asDoubleStream().toArray();
        double[] loss = Arrays.stream(epochs).map(epoch -> epoch == 54_321 ? 77 : 1 / epoch).toArray();
        Svg svg = svg(new Curves("epoch", "loss", List.of(new Line("loss", epochs, loss), new Line("<b>&", epochs, loss)),
                List.of(), true, ""));
        assertThat(svg.texts()).contains("loss", "<b>&");
        double[][] line = svg.lines().getFirst();
        assertThat(line.length).isBetween(1000, 4000);
        // The peak is still there.
        assertThat(Arrays.stream(line).mapToDouble(point -> point[1]).min().orElseThrow())
                .isLessThan(line[0][1] - 5);
    }

    @Test
    void isolinesOfAConeAreCircles() {
        Lattice cone = lattice(101, Math::hypot);
        var path = new Isolines(cone, 0.5).lines().getPathIterator(null);
        int count = 0;
        for (double[] point = new double[6]; !path.isDone(); path.next()) {
            path.currentSegment(point);
            assertThat(Math.hypot(point[0], point[1])).isCloseTo(0.5, within(1e-3));
            count++;
        }
        assertThat(count).isGreaterThan(200);
        var region = new Isolines(cone, 0.5).region();
        assertThat(region.contains(0.3, 0.3)).isFalse();
        assertThat(region.contains(0.41, 0.37)).isTrue();
        assertThat(region.contains(0.9, -0.9)).isTrue();
    }

    @Test
    void contoursHaveABarOfTheirLevels() {
        Svg svg = svg(new Contours(lattice(31, (x, y) -> 10 * (x + y)), List.of(new Line("data", new double[] {0.5}, new double[] {0}))));
        assertThat(svg.texts()).contains("x", "y", "z", "−20", "0", "20", "0.5", "−1");
    }

    @Test
    void aPhasePortraitHasItsArrowsAndItsWays() {
        List<Arrow> arrows = IntStream.range(0, 25).mapToObj(i -> new Arrow(i % 5 * 0.4 - 0.8, i / 5 * 0.4 - 0.8, 1, i == 7 ? Double.NaN : -1))
                .toList();
        Way way = new Way(new double[] {0.5, 0, -0.5}, new double[] {0, 0.5, 0});
        Svg svg = svg(new PhasePortrait(lattice(21, (x, y) -> x * x + y * y), arrows, List.of(way)));
        assertThat(svg.lines()).anyMatch(line -> line.length == 3);
        assertThat(svg.dots()).isEqualTo(1);
        assertThat(svg.texts()).contains("x", "y");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "1, 2.9", "4, 1", "1, 5"})
    void aPhasePortraitHasOneScaleWhereItsRangesAreAlike(double wide, double high) {
        double[] across = Arrays.stream(grid(5)).map(x -> wide * x).toArray();
        double[] upwards = Arrays.stream(grid(5)).map(y -> high * y).toArray();
        var plane = new Lattice("x", "y", "z", across, upwards, lattice(5, (x, y) -> x * y).values());
        for (Picture sheet : List.of(new Picture(960, 720), new Picture(500, 900), new Picture(900, 400))) {
            Svg svg = Svg.of(sheet.of(new PhasePortrait(plane, List.of(), List.of()), Format.SVG));
            double ratio = scale(svg.marks(false)) / scale(svg.marks(true));
            if (Math.max(wide / high, high / wide) <= 3) {
                assertThat(ratio).as("%s", sheet).isCloseTo(1, within(0.01));
            } else {
                assertThat(ratio).as("%s", sheet).isNotCloseTo(1, within(0.2));
            }
        }
    }

    /** Pixels of a unit. */
    private static double scale(double[][] marks) {
        double[] last = marks[marks.length - 1];
        return Math.abs((last[0] - marks[0][0]) / (last[1] - marks[0][1]));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -5, 1e-7, 1e-300, 1e-320, 1e99, -1e290, 1 + 1e-15})
    void everySizeOfValuesIsDrawn(double scale) {
        for (DoubleBinaryOperator function : List.<DoubleBinaryOperator>of((_, _) -> scale, (x, y) -> scale * x * y, (x, _) -> scale * (1 + 1e-13 * x))) {
            Lattice lattice = lattice(5, function);
            for (Drawing drawing : List.of(new Surface(lattice), new Contours(lattice, List.of()), curve(lattice.xs(), lattice.values()[4]))) {
                assertThat(svg(drawing).texts()).as(drawing.toString()).contains("x", "z").hasSizeGreaterThan(6);
            }
        }
    }

    /** Reading a picture back fails where a place is no number. */
    @ParameterizedTest
    @ValueSource(doubles = {1, -1, 1e-100, 1e-320, 1e200, 1e290, 1e307})
    void everyKindHasItsPlacesOnPaper(double scale) {
        for (DoubleBinaryOperator function : List.<DoubleBinaryOperator>of((x, _) -> scale * x, (_, y) -> scale * y,
                (x, y) -> scale * x * y, (x, _) -> scale * Math.log(x), (_, _) -> scale,
                (x, _) -> Math.signum(x) * scale)) {
            for (double size : new double[] {1, 1e-90, 1e90}) {
                Lattice values = lattice(7, function);
                double[] axis = Arrays.stream(grid(7)).map(at -> at * size).toArray();
                var lattice = new Lattice("x", "y", "z", axis, axis.clone(), values.values());
                List<Arrow> arrows = IntStream.range(0, 49).mapToObj(i -> new Arrow(axis[i % 7], axis[i / 7],
                        lattice.values()[i / 7][i % 7], lattice.values()[i % 7][i / 7])).toList();
                List<Way> ways = List.of(new Way(axis, lattice.values()[1]),
                        new Way(new double[] {0, -1.7e308}, new double[] {0, 1.7e308}));
                for (Drawing drawing : List.of(new Surface(lattice), new Contours(lattice, List.of()),
                        new PhasePortrait(lattice, arrows, ways), curve(axis, lattice.values()[4]))) {
                    assertThat(svg(drawing).texts()).as(drawing.toString()).contains("x");
                }
            }
        }
    }

    @Test
    void uprightAndLevelIsolinesAreWhereTheirValuesAre() {
        for (boolean isUpright : new boolean[] {true, false}) {
            Svg svg = svg(new Contours(lattice(6, (x, y) -> isUpright ? x : y), List.of()));
            double[][] marks = svg.marks(!isUpright);
            List<double[][]> lines = svg.lines().stream().filter(line -> line.length == 10).toList();
            assertThat(lines).hasSizeGreaterThan(5);
            for (double[][] line : lines) {
                double there = line[0][isUpright ? 0 : 1];
                assertThat(Arrays.stream(line).mapToDouble(point -> point[isUpright ? 0 : 1]))
                        .allMatch(place -> Math.abs(place - there) < 0.02);
                double scale = (marks[1][1] - marks[0][1]) / (marks[1][0] - marks[0][0]);
                double value = marks[0][1] + (there - marks[0][0]) * scale;
                assertThat(value / 0.2).as("a multiple of 0.2").isCloseTo(Math.rint(value / 0.2), within(0.02));
            }
        }
    }

    @Test
    void aWayThatLeadsFarAwayHasItsDirection() {
        Way way = new Way(new double[] {0, 1e300}, new double[] {0, 5e299});
        Lattice nothing = lattice(3, (_, _) -> Double.NaN);
        double[][] line = svg(new PhasePortrait(nothing, List.of(), List.of(way))).lines().getFirst();
        double[][] near = svg(new PhasePortrait(nothing, List.of(), List.of(
                new Way(new double[] {0, 1}, new double[] {0, 0.5})))).lines().getFirst();
        assertThat((line[1][1] - line[0][1]) / (line[1][0] - line[0][0]))
                .isCloseTo((near[1][1] - near[0][1]) / (near[1][0] - near[0][0]), within(1e-4));
        assertThat(line[1][0]).isGreaterThan(1e6);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 333, 2000})
    void aPngHasItsSizeAndSomethingOnIt(int width) throws IOException {
        for (Drawing drawing : List.of(new Surface(lattice(9, Math::hypot)), new Contours(lattice(9, Math::hypot), List.of()),
                curve(grid(9), grid(9)))) {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(new Picture(width, 300).of(drawing, Format.PNG)));
            assertThat(image.getWidth()).isEqualTo(width);
            assertThat(image.getHeight()).isEqualTo(300);
            assertThat(new Color(image.getRGB(0, 0))).isEqualTo(Color.WHITE);
            long marked = IntStream.range(0, width * 300).filter(i -> !new Color(image.getRGB(i % width, i / width)).equals(Color.WHITE)).count();
            assertThat(marked).isGreaterThan(100);
        }
    }

    @Test
    void theSameDrawingGivesTheSameBytesWhateverTheLocale() {
        Locale locale = Locale.getDefault();
        var contours = new Contours(lattice(9, (x, y) -> 1234.5 * Math.hypot(x, y)), List.of());
        byte[] bytes = SHEET.of(contours, Format.SVG);
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(SHEET.of(contours, Format.SVG)).isEqualTo(bytes);
        } finally {
            Locale.setDefault(locale);
        }
    }

    @Test
    void numbersAtAxesAreShort() {
        assertThat(TickLabels.every(0.1).label(0.1 + 0.2)).isEqualTo("0.3");
        assertThat(TickLabels.every(0.1).label(-1e-17)).isEqualTo("0");
        assertThat(TickLabels.every(0.5).label(-2.5)).isEqualTo("−2.5");
        assertThat(TickLabels.every(1e5).label(-3e5)).isEqualTo("−3·10⁵");
        assertThat(TickLabels.every(1e-7).label(1e-7)).isEqualTo("10⁻⁷");
        assertThat(TickLabels.powers().label(-12)).isEqualTo("10⁻¹²");
    }
}
