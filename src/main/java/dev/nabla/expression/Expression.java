package dev.nabla.expression;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import dev.nabla.expression.MemoryBudget.Place;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An array-valued expression with a static shape: a node of a directed acyclic graph. The kinds are nested here and
 * closed, so that a pass is one exhaustive {@code switch} and a kind it forgets does not compile.
 *
 * <p>Nodes are interned (hash-consed): equal expressions are one object, so {@code ==} decides equality and a common
 * subexpression is stored once (Ershov, "On programming of arithmetic operations", CACM 1958). They are made by
 * {@link Arithmetic} and {@link LinearAlgebra} only, which simplify as they build.
 *
 * <p>An expression speaks of one sample of a batch where it depends on a symbol that has a value per sample
 * ({@link #isPerSample()}); {@link SampleSum} adds such values up over the batch.
 */
public abstract sealed class Expression {

    private static final Interner<Expression> INTERNER = Interners.newWeakInterner();

    private final Shape shape;
    private final List<Expression> operands;
    private final boolean perSample;
    private final boolean constant;
    private final int depth;
    private final int hash;
    private Sign sign = Sign.ANY;

    private Expression(Shape shape, List<Expression> operands, boolean perSample, @Nullable Object own) {
        this.shape = shape;
        this.operands = operands;
        this.perSample = perSample;
        boolean constant = !(this instanceof Symbol);
        int depth = 0;
        int hash = mix(getClass().getName().hashCode(), shape.hashCode());
        if (own instanceof List<?> index) {
            for (Object position : index) {
                hash = mix(hash, position.hashCode());
            }
        } else {
            hash = mix(hash, Objects.hashCode(own));
        }
        for (Expression operand : operands) {
            depth = Math.max(depth, operand.depth + 1);
            constant &= operand.constant;
            hash = mix(hash, operand.hash);
        }
        this.constant = constant;
        this.depth = depth;
        this.hash = hash;
    }

    /** Spreads hashes of small neighbouring numbers over all bits, as MurmurHash3 does (Appleby 2011). */
    private static int mix(int hash, int next) {
        int mixed = Integer.rotateLeft(hash ^ Integer.rotateLeft(next * 0xcc9e2d51, 15) * 0x1b873593, 13);
        return mixed * 5 + 0xe6546b64;
    }

    private static boolean anyPerSample(List<Expression> operands) {
        for (Expression operand : operands) {
            if (operand.perSample) {
                return true;
            }
        }
        return false;
    }

    private static Expression intern(Expression node) {
        Work.spend(Work.NODE_MADE * (1.0 + node.operands.size()));
        Work.hold(Place.HEAP, Work.BYTES_OF_NODE * (1L + node.operands.size()));
        node.sign = Sign.of(node);
        return INTERNER.intern(node);
    }

    public final Shape shape() {
        return shape;
    }

    /** The expressions this one is computed from, in the order of its definition; empty for constants and symbols. */
    public final List<Expression> operands() {
        return operands;
    }

    /** Whether the value differs between the samples of a batch. */
    public final boolean isPerSample() {
        return perSample;
    }

    /** Whether it depends on no symbol. */
    public final boolean isConstant() {
        return constant;
    }

    /** The length of the longest path down to a constant or symbol. */
    public final int depth() {
        return depth;
    }

    /** What is known of the sign of every entry, for all values of the symbols. */
    final Sign sign() {
        return sign;
    }

    public final boolean isScalar() {
        return shape.isScalar();
    }

    /** Whether every entry is the constant {@code value}. */
    public final boolean isConstant(double value) {
        return this instanceof Constant constant && constant.value == value;
    }

    /** What tells this node from others of its kind, shape and operands. */
    @Nullable Object own() {
        return null;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other || other instanceof Expression that && isSameNode(that);
    }

    private boolean isSameNode(Expression that) {
        if (hash != that.hash || getClass() != that.getClass() || operands.size() != that.operands.size()
                || !Objects.equals(own(), that.own()) || !shape.equals(that.shape)) {
            return false;
        }
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i) != that.operands.get(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public final int hashCode() {
        return hash;
    }

    /** A short description for debugging; {@code dev.nabla.rendering} prints expressions. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + shape + (own() == null ? "" : " " + own());
    }

    /** An array every entry of which is the same finite number; 0 has no sign. */
    public static final class Constant extends Expression {
        private final double value;

        private Constant(double value, Shape shape) {
            super(shape, List.of(), false, value);
            this.value = value;
        }

        static Expression of(double value, Shape shape) {
            if (!Double.isFinite(value)) {
                throw new UndefinedException("a constant must be finite, was " + value);
            }
            return intern(new Constant(value == 0 ? 0.0 : value, shape));
        }

        public double value() {
            return value;
        }

        @Override
        Object own() {
            return value;
        }
    }

    /** A named array whose value comes from outside: the inputs, a target, a weight matrix. */
    public static final class Symbol extends Expression {
        private final String name;

        private Symbol(String name, Shape shape, boolean perSample) {
            super(shape, List.of(), perSample, name + perSample);
            this.name = name;
        }

        static Expression of(String name, Shape shape, boolean perSample) {
            return intern(new Symbol(name, shape, perSample));
        }

        public String name() {
            return name;
        }

        @Override
        Object own() {
            return name + isPerSample();
        }
    }

    /** A function of one real variable applied to every entry. */
    public static final class Apply extends Expression {
        private final ScalarFunction function;

        private Apply(ScalarFunction function, Expression operand) {
            super(operand.shape, List.of(operand), operand.perSample, function.name());
            this.function = function;
        }

        static Expression of(ScalarFunction function, Expression operand) {
            return intern(new Apply(function, operand));
        }

        public ScalarFunction function() {
            return function;
        }

        public Expression operand() {
            return operands().getFirst();
        }

        @Override
        Object own() {
            return function.name();
        }
    }

    /** The entrywise sum of two or more terms of one shape, in canonical order. */
    public static final class Sum extends Expression {
        private Sum(List<Expression> terms) {
            super(terms.getFirst().shape, terms, anyPerSample(terms), null);
        }

        static Expression of(List<Expression> terms) {
            return intern(new Sum(List.copyOf(terms)));
        }

        public List<Expression> terms() {
            return operands();
        }
    }

    /** The entrywise product of two or more factors of one shape; a constant factor stands first. */
    public static final class Product extends Expression {
        private Product(List<Expression> factors) {
            super(factors.getFirst().shape, factors, anyPerSample(factors), null);
        }

        static Expression of(List<Expression> factors) {
            return intern(new Product(List.copyOf(factors)));
        }

        public List<Expression> factors() {
            return operands();
        }
    }

    /** The entrywise power of a base by an exponent of the same shape. */
    public static final class Power extends Expression {
        private Power(Expression base, Expression exponent) {
            super(base.shape, List.of(base, exponent), base.perSample || exponent.perSample, null);
        }

        static Expression of(Expression base, Expression exponent) {
            return intern(new Power(base, exponent));
        }

        public Expression base() {
            return operands().get(0);
        }

        public Expression exponent() {
            return operands().get(1);
        }
    }

    /** A function of two real variables applied to every pair of entries of arrays of one shape. */
    public static final class ApplyBinary extends Expression {
        private final BinaryFunction function;

        private ApplyBinary(BinaryFunction function, Expression x, Expression y) {
            super(x.shape, List.of(x, y), x.perSample || y.perSample, function.name());
            this.function = function;
        }

        static Expression of(BinaryFunction function, Expression x, Expression y) {
            return intern(new ApplyBinary(function, x, y));
        }

        public BinaryFunction function() {
            return function;
        }

        public Expression x() {
            return operands().get(0);
        }

        public Expression y() {
            return operands().get(1);
        }

        @Override
        Object own() {
            return function.name();
        }
    }

    /** Entry by entry the one of two arrays of one shape where a condition of that shape is not 0, the other where it is. */
    public static final class Select extends Expression {
        private Select(Expression condition, Expression x, Expression y) {
            super(x.shape, List.of(condition, x, y), condition.perSample || x.perSample || y.perSample, null);
        }

        static Expression of(Expression condition, Expression x, Expression y) {
            return intern(new Select(condition, x, y));
        }

        public Expression condition() {
            return operands().get(0);
        }

        /** Where the condition is not 0. */
        public Expression x() {
            return operands().get(1);
        }

        /** Where the condition is 0. */
        public Expression y() {
            return operands().get(2);
        }
    }

    /** The product of a matrix (m × k) by a matrix (k × n) or a vector (k). */
    public static final class MatrixProduct extends Expression {
        private MatrixProduct(Expression left, Expression right, Shape shape) {
            super(shape, List.of(left, right), left.perSample || right.perSample, null);
        }

        static Expression of(Expression left, Expression right) {
            Shape rows = Shape.of(left.shape.dimension(0));
            return intern(new MatrixProduct(left, right, rows.followedBy(right.shape.withoutLeading(1))));
        }

        public Expression left() {
            return operands().get(0);
        }

        public Expression right() {
            return operands().get(1);
        }
    }

    /** The transpose of a matrix. */
    public static final class Transpose extends Expression {
        private Transpose(Expression operand) {
            super(Shape.of(operand.shape.dimension(1), operand.shape.dimension(0)), List.of(operand),
                    operand.perSample, null);
        }

        static Expression of(Expression operand) {
            return intern(new Transpose(operand));
        }

        public Expression operand() {
            return operands().getFirst();
        }
    }

    /** The outer product u vᵀ (m × n) of two vectors. */
    public static final class OuterProduct extends Expression {
        private OuterProduct(Expression left, Expression right) {
            super(left.shape.followedBy(right.shape), List.of(left, right), left.perSample || right.perSample, null);
        }

        static Expression of(Expression left, Expression right) {
            return intern(new OuterProduct(left, right));
        }

        public Expression left() {
            return operands().get(0);
        }

        public Expression right() {
            return operands().get(1);
        }
    }

    /** The solution X of A X = B: of a square matrix A (n × n) and a vector (n) or a matrix (n × m) B the shape of B. */
    public static final class Solve extends Expression {
        private Solve(Expression matrix, Expression right) {
            super(right.shape, List.of(matrix, right), matrix.perSample || right.perSample, null);
        }

        static Expression of(Expression matrix, Expression right) {
            return intern(new Solve(matrix, right));
        }

        public Expression matrix() {
            return operands().get(0);
        }

        public Expression right() {
            return operands().get(1);
        }
    }

    /** The sum of all entries of an array: a scalar. */
    public static final class EntrySum extends Expression {
        private EntrySum(Expression operand) {
            super(Shape.SCALAR, List.of(operand), operand.perSample, null);
        }

        static Expression of(Expression operand) {
            return intern(new EntrySum(operand));
        }

        public Expression operand() {
            return operands().getFirst();
        }
    }

    /** The Euclidean norm of all entries of an array: a scalar, which neither overflows nor underflows on the way. */
    public static final class Norm extends Expression {
        private Norm(Expression operand) {
            super(Shape.SCALAR, List.of(operand), operand.perSample, null);
        }

        static Expression of(Expression operand) {
            return intern(new Norm(operand));
        }

        public Expression operand() {
            return operands().getFirst();
        }
    }

    /** The sum over all samples of the batch; of a value that all samples share it is that value times their number. */
    public static final class SampleSum extends Expression {
        private SampleSum(Expression operand) {
            super(operand.shape, List.of(operand), false, null);
        }

        static Expression of(Expression operand) {
            return intern(new SampleSum(operand));
        }

        public Expression operand() {
            return operands().getFirst();
        }
    }

    /** A scalar repeated over any shape, or a vector (m) repeated along the columns of a matrix (m × n). */
    public static final class Broadcast extends Expression {
        private Broadcast(Expression operand, Shape shape) {
            super(shape, List.of(operand), operand.perSample, null);
        }

        static Expression of(Expression operand, Shape shape) {
            return intern(new Broadcast(operand, shape));
        }

        public Expression operand() {
            return operands().getFirst();
        }
    }

    /** The part of an array at an index (0-based) into its outermost axes: a scalar where the index is full. */
    public static final class Entry extends Expression {
        private final List<Integer> index;

        private Entry(Expression operand, List<Integer> index) {
            super(operand.shape.withoutLeading(index.size()), List.of(operand), operand.perSample, index);
            this.index = index;
        }

        static Expression of(Expression operand, List<Integer> index) {
            return intern(new Entry(operand, List.copyOf(index)));
        }

        public Expression operand() {
            return operands().getFirst();
        }

        public List<Integer> index() {
            return index;
        }

        @Override
        Object own() {
            return index;
        }
    }

    /** Arrays of one shape put together along a new outermost axis. */
    public static final class Stack extends Expression {
        private Stack(List<Expression> parts) {
            super(Shape.of(parts.size()).followedBy(parts.getFirst().shape), parts, anyPerSample(parts), null);
        }

        static Expression of(List<Expression> parts) {
            return intern(new Stack(List.copyOf(parts)));
        }

        public List<Expression> parts() {
            return operands();
        }
    }
}
