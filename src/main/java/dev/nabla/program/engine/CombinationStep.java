package dev.nabla.program.engine;

import dev.nabla.program.Instruction.Combination;
import dev.nabla.program.Slot;
import dev.nabla.program.kernels.Doubles;
import dev.nabla.program.kernels.EntrywiseKernels;
import dev.nabla.program.memory.Memory;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * A combination as kernels on runs: over the whole target at once where its operands lie in memory as it does, else run
 * by run. For a run an operand is a run of its own or, spread over it, one number. Where there is one run and one kernel
 * does, that is the step.
 */
final class CombinationStep implements Runnable {

    private static final EntrywiseKernels KERNELS = EntrywiseKernels.best();

    private final long target;
    private final int runs;
    private final int length;
    private final double constant;
    private final double scale;
    private final double divisor;
    /** Terms that are one number in a run. */
    private final Product[] numbers;
    /** Terms with one run or, but where there is only one term, two. */
    private final Product[] terms;
    private final Product factors;
    private final Product divisors;
    private final Product multipliers;

    static Runnable of(Combination combination, Memory memory) {
        var step = new CombinationStep(combination, memory);
        return step.oneKernel().orElse(step);
    }

    private CombinationStep(Combination combination, Memory memory) {
        Slot slot = combination.target();
        this.target = memory.firstOfTarget(slot);
        this.runs = runs(slot, combination.operands());
        this.length = memory.size(slot) / runs;
        this.constant = combination.constant();
        this.scale = combination.scale();
        this.divisor = combination.divisor();
        List<Product> products = combination.terms().stream()
                .map(term -> product(term.coefficient(), term.factors(), slot, memory)).toList();
        this.numbers = products.stream().filter(product -> product.runs.length == 0).toArray(Product[]::new);
        this.terms = products.stream().filter(product -> product.runs.length > 0).toArray(Product[]::new);
        this.factors = product(1, combination.factors(), slot, memory);
        this.divisors = product(1, combination.divisors(), slot, memory);
        this.multipliers = product(1, combination.multipliers(), slot, memory);
    }

    /** Into how many runs the target is cut so that every operand is a run or a number in each. */
    static int runs(Slot target, List<Slot> operands) {
        int entries = target.shape().size();
        List<Slot> spread = operands.stream().filter(operand -> !isLikeTarget(operand, target)
                && (operand.perSample() || operand.shape().size() > 1)).toList();
        if (spread.isEmpty()) {
            return 1;
        }
        int size = spread.getFirst().shape().size();
        return spread.stream().allMatch(operand -> !operand.perSample() && operand.shape().size() == size)
                ? size : entries;
    }

    private static boolean isLikeTarget(Slot operand, Slot target) {
        return operand.perSample() == target.perSample() && operand.shape().size() == target.shape().size();
    }

    private Product product(double coefficient, List<Slot> slots, Slot target, Memory memory) {
        return new Product(coefficient, operands(slots.stream().filter(slot -> isNumber(slot, target)), memory),
                operands(slots.stream().filter(slot -> !isNumber(slot, target)), memory));
    }

    /** Whether it is one number in a run. */
    static boolean isNumber(Slot operand, Slot target) {
        return !operand.perSample() && !isLikeTarget(operand, target);
    }

    private Operand[] operands(Stream<Slot> slots, Memory memory) {
        return slots.map(slot -> new Operand(places(slot, runs, memory))).toArray(Operand[]::new);
    }

    /** Where an operand has its run or number for every run of the target. */
    static long[] places(Slot operand, int runs, Memory memory) {
        int size = memory.size(operand);
        // As many runs share one run or number of the operand as it has fewer of them.
        int ownRuns = Math.min(runs, operand.shape().size());
        long[] places = new long[runs];
        for (int run = 0; run < runs; run++) {
            places[run] = memory.first(operand) + (long) (run / (runs / ownRuns)) * (size / ownRuns);
        }
        return places;
    }

    /** An operand's run or number for every run of the target. */
    private record Operand(long[] places) {}

    private record Product(double coefficient, Operand[] numbers, Operand[] runs) {

        private double number(int run) {
            double product = coefficient;
            for (Operand operand : numbers) {
                product *= Doubles.get(operand.places[run]);
            }
            return product;
        }

        private long place(int index, int run) {
            return runs[index].places[run];
        }
    }

    private Optional<Runnable> oneKernel() {
        boolean isDividedByNumbers = divisor != 1 || divisors.numbers.length > 0;
        if (isDividedByNumbers && runs == 1) {
            return quotient();
        }
        boolean hasNumbers = scale != 1 || isDividedByNumbers || numbers.length + factors.numbers.length > 0
                || Stream.of(terms).anyMatch(term -> term.numbers.length > 0);
        if (runs > 1 || hasNumbers || terms.length == 0 || divisors.runs.length > 0) {
            return Optional.empty();
        }
        double c = terms[0].coefficient;
        double d = constant;
        long x = terms[0].place(0, 0);
        long z = target;
        int n = length;
        if (terms.length == 2 && factors.runs.length == 0 && terms[0].runs.length == 1 && terms[1].runs.length == 1) {
            double e = terms[1].coefficient;
            long y = terms[1].place(0, 0);
            return Optional.of(() -> KERNELS.linear(c, x, e, y, d, z, n));
        }
        boolean isProductOfThree = terms[0].runs.length == 3 && factors.runs.length == 0;
        if (terms.length > 1 || terms[0].runs.length > 2 && !isProductOfThree || factors.runs.length > 1) {
            return Optional.empty();
        }
        boolean hasFactor = factors.runs.length == 1 || isProductOfThree;
        long w = isProductOfThree ? terms[0].place(2, 0) : hasFactor ? factors.place(0, 0) : 0;
        if (terms[0].runs.length == 1) {
            return Optional.of(hasFactor ? () -> KERNELS.linearTimes(c, x, d, w, z, n)
                    : () -> KERNELS.linear(c, x, d, z, n));
        }
        long y = terms[0].place(1, 0);
        return Optional.of(hasFactor ? () -> KERNELS.productTimes(c, x, y, d, w, z, n)
                : () -> KERNELS.product(c, x, y, d, z, n));
    }

    /** One term with one run, divided by one number and multiplied by a run, if any. */
    private Optional<Runnable> quotient() {
        boolean isOneTerm = terms.length == 1 && terms[0].runs.length == 1 && terms[0].numbers.length + numbers.length == 0
                && constant == 0 && scale == 1 && factors.runs.length + factors.numbers.length + divisors.runs.length == 0;
        boolean isByOneNumber = divisors.numbers.length == (divisor == 1 ? 1 : 0);
        if (!isOneTerm || !isByOneNumber || multipliers.numbers.length > 0 || multipliers.runs.length > 1) {
            return Optional.empty();
        }
        double c = terms[0].coefficient;
        long x = terms[0].place(0, 0);
        long z = target;
        int n = length;
        double number = divisor;
        DoubleSupplier by = divisors.numbers.length == 0 ? () -> number : numberAt(divisors.numbers[0].places[0]);
        if (multipliers.runs.length == 0) {
            return Optional.of(() -> KERNELS.divided(c, x, by.getAsDouble(), z, n));
        }
        long w = multipliers.place(0, 0);
        return Optional.of(() -> KERNELS.dividedTimes(c, x, by.getAsDouble(), w, z, n));
    }

    private static DoubleSupplier numberAt(long place) {
        return () -> Doubles.get(place);
    }

    @Override
    public void run() {
        for (int run = 0; run < runs; run++) {
            run(run, target + (long) run * length);
        }
    }

    private void run(int run, long z) {
        double factor = scale * factors.number(run);
        boolean isOneTerm = terms.length == 1 && numbers.length == 0 && constant == 0;
        // A sum is multiplied as a whole, as its terms may be much larger than it is.
        double scaleOfTerms = isOneTerm ? factor : 1;
        double d = constant;
        for (Product number : numbers) {
            d += number.number(run);
        }
        int factorsDone = 0;
        int divisorsDone = 0;
        if (terms.length == 0) {
            d *= factor;
            if (factors.runs.length > 0) {
                KERNELS.linear(d, factors.place(0, run), 0, z, length);
                factorsDone = 1;
            } else if (divisors.runs.length > 0) {
                KERNELS.reciprocal(d, divisors.place(0, run), z, length);
                divisorsDone = 1;
            } else {
                KERNELS.fill(d, z, length);
            }
        } else if (terms.length == 1) {
            factorsDone = oneTerm(run, scaleOfTerms, d, z);
        } else {
            severalTerms(run, d, z);
        }
        if (terms.length > 0 && !isOneTerm && factor != 1) {
            KERNELS.linear(factor, z, 0, z, length);
        }
        for (int i = factorsDone; i < factors.runs.length; i++) {
            KERNELS.product(1, z, factors.place(i, run), 0, z, length);
        }
        for (int i = divisorsDone; i < divisors.runs.length; i++) {
            KERNELS.quotient(1, z, divisors.place(i, run), z, length);
        }
        for (Operand number : divisors.numbers) {
            KERNELS.divided(1, z, Doubles.get(number.places[run]), z, length);
        }
        if (divisor != 1) {
            KERNELS.divided(1, z, divisor, z, length);
        }
        for (Operand number : multipliers.numbers) {
            KERNELS.linear(Doubles.get(number.places[run]), z, 0, z, length);
        }
        for (int i = 0; i < multipliers.runs.length; i++) {
            KERNELS.product(1, z, multipliers.place(i, run), 0, z, length);
        }
    }

    /** Returns how many of the factors it took in. */
    private int oneTerm(int run, double scale, double d, long z) {
        Product term = terms[0];
        double c = scale * term.number(run);
        long x = term.place(0, run);
        boolean hasFactor = factors.runs.length > 0;
        if (term.runs.length == 1) {
            if (hasFactor) {
                KERNELS.linearTimes(c, x, d, factors.place(0, run), z, length);
            } else {
                KERNELS.linear(c, x, d, z, length);
            }
            return hasFactor ? 1 : 0;
        }
        long y = term.place(1, run);
        if (term.runs.length == 2) {
            if (hasFactor) {
                KERNELS.productTimes(c, x, y, d, factors.place(0, run), z, length);
            } else {
                KERNELS.product(c, x, y, d, z, length);
            }
            return hasFactor ? 1 : 0;
        }
        KERNELS.productTimes(c, x, y, 0, term.place(2, run), z, length);
        for (int i = 3; i < term.runs.length; i++) {
            KERNELS.product(1, z, term.place(i, run), 0, z, length);
        }
        return 0;
    }

    private void severalTerms(int run, double d, long z) {
        Product first = terms[0];
        Product second = terms[1];
        int done = 2;
        if (first.runs.length == 2 && second.runs.length == 1) {
            first = terms[1];
            second = terms[0];
        }
        if (first.runs.length == 2) {
            KERNELS.product(first.number(run), first.place(0, run), first.place(1, run), d, z, length);
            done = 1;
        } else if (second.runs.length == 2) {
            KERNELS.product(second.number(run), second.place(0, run), second.place(1, run),
                    first.number(run), first.place(0, run), d, z, length);
        } else {
            KERNELS.linear(first.number(run), first.place(0, run), second.number(run),
                    second.place(0, run), d, z, length);
        }
        for (int i = done; i < terms.length; i++) {
            double c = terms[i].number(run);
            if (terms[i].runs.length == 2) {
                KERNELS.product(c, terms[i].place(0, run), terms[i].place(1, run), 1, z, 0, z, length);
            } else {
                KERNELS.linear(c, terms[i].place(0, run), 1, z, 0, z, length);
            }
        }
    }
}
