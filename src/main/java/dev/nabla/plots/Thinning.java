package dev.nabla.plots;

import java.util.BitSet;
import java.util.List;

/** Which of the many values of lines are kept, so that what is seen of them stays. */
public final class Thinning {

    private Thinning() {}

    /**
     * Places of values, from 0 on and ascending: the first, the last, and of each of equally long stretches where every line is
     * least and greatest, so that whatever sticks out still does.
     *
     * @param lines one at least; places are those of the first, whether or not the others are as long
     * @param most how many places are kept at most, of one stretch at least; all of so few
     */
    public static int[] kept(List<double[]> lines, int most) {
        int size = lines.getFirst().length;
        var kept = new BitSet(size);
        if (size <= most) {
            kept.set(0, size);
            return kept.stream().toArray();
        }
        kept.set(0);
        kept.set(size - 1);
        int stretches = Math.max(1, (most - 2) / (2 * lines.size()));
        for (double[] line : lines) {
            for (int stretch = 0; stretch < stretches; stretch++) {
                keepEnds(line, place(size, stretch, stretches), place(size, stretch + 1, stretches), kept);
            }
        }
        return kept.stream().toArray();
    }

    private static int place(int size, int stretch, int stretches) {
        return (int) ((long) size * stretch / stretches);
    }

    private static void keepEnds(double[] line, int from, int to, BitSet kept) {
        int least = from;
        int greatest = from;
        for (int i = from; i < Math.min(to, line.length); i++) {
            least = line[i] < line[least] || Double.isNaN(line[least]) ? i : least;
            greatest = line[i] > line[greatest] || Double.isNaN(line[greatest]) ? i : greatest;
        }
        kept.set(least);
        kept.set(greatest);
    }
}
