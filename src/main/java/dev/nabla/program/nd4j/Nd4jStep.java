package dev.nabla.program.nd4j;

import dev.nabla.program.Instruction;
import dev.nabla.program.Instruction.Apply;
import dev.nabla.program.Instruction.ApplyBinary;
import dev.nabla.program.Instruction.ApplyPair;
import dev.nabla.program.Instruction.Combination;
import dev.nabla.program.Instruction.DotSampleSum;
import dev.nabla.program.Instruction.EntrySum;
import dev.nabla.program.Instruction.Extract;
import dev.nabla.program.Instruction.Factorisation;
import dev.nabla.program.Instruction.Fill;
import dev.nabla.program.Instruction.MatrixProduct;
import dev.nabla.program.Instruction.Norm;
import dev.nabla.program.Instruction.Outer;
import dev.nabla.program.Instruction.OuterSampleSum;
import dev.nabla.program.Instruction.Power;
import dev.nabla.program.Instruction.SampleSum;
import dev.nabla.program.Instruction.Select;
import dev.nabla.program.Instruction.Solve;
import dev.nabla.program.Instruction.Spread;
import dev.nabla.program.Instruction.Stack;
import dev.nabla.program.Instruction.Term;
import dev.nabla.program.Instruction.Transpose;
import dev.nabla.program.Instruction.Watch;
import dev.nabla.program.Slot;
import dev.nabla.program.engine.Elimination;
import dev.nabla.program.engine.NormStep;
import dev.nabla.program.engine.PlainLoops;
import dev.nabla.program.engine.Substitution;
import dev.nabla.program.engine.WatchStep;
import dev.nabla.program.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.blas.params.MMulTranspose;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.api.ops.impl.reduce.same.Sum;
import org.nd4j.linalg.api.ops.impl.reduce3.Dot;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarAdd;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarDivision;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.DivOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.MulOp;
import org.nd4j.linalg.factory.Nd4j;

/** What ND4J is asked to do for an instruction; arrays and operations are made once and run many times. */
final class Nd4jStep {

    private final Memory memory;
    private final Slot target;
    private final INDArray z;

    private Nd4jStep(Slot target, Memory memory) {
        this.memory = memory;
        this.target = target;
        this.z = memory.array(target);
    }

    static Runnable of(Instruction instruction, Memory memory) {
        List<Runnable> steps = new Nd4jStep(instruction.target(), memory).steps(instruction);
        return steps.size() == 1 ? steps.getFirst() : () -> steps.forEach(Runnable::run);
    }

    private List<Runnable> steps(Instruction instruction) {
        return switch (instruction) {
            case Fill f -> List.of(() -> z.assign(f.value()));
            case Apply a -> List.of(Nd4jFunctions.step(a.function(), memory, a.operand(), target));
            case ApplyPair a -> List.of(
                    PlainLoops.apply(memory, a.functions().first(), a.operand(), target),
                    PlainLoops.apply(memory, a.functions().second(), a.operand(), a.second()));
            case Combination c -> combination(c);
            case Power p -> List.of(PlainLoops.power(memory, p));
            case ApplyBinary a -> List.of(PlainLoops.apply(memory, a));
            case Select s -> List.of(PlainLoops.select(memory, s));
            case Norm n -> List.of(NormStep.of(n, memory));
            case MatrixProduct m when m.left().perSample() || m.right().perSample() && m.transposeRight() ->
                List.of(PlainLoops.matrixProduct(memory, m));
            case MatrixProduct m -> matrixProduct(m);
            case OuterSampleSum o -> followed(
                    run(new Mmul(memory.array(o.left()), memory.array(o.right()), z, transpose(false, true))),
                    o.leftSum().map(sum -> run(new Sum(memory.array(o.left()), memory.vector(sum), 1))));
            case DotSampleSum d -> List.of(run(new Dot(memory.vector(d.left()), memory.vector(d.right()), z)));
            case Outer o -> List.of(run(new MulOp(memory.spread(o.left(), target), memory.rows(o.right(), target), z)));
            case Watch w -> List.of(WatchStep.of(w, memory));
            case Transpose t -> {
                INDArray source = memory.array(t.operand());
                yield assign(z, target.perSample() ? source.permute(1, 0, 2) : source.permute(1, 0));
            }
            case Factorisation f -> List.of(Elimination.of(f, memory));
            case Solve s -> List.of(Substitution.of(s, memory));
            case EntrySum s -> List.of(run(new Sum(memory.matrix(s.operand(), s.operand().shape().size()),
                    memory.vector(target), 0)));
            case SampleSum s when !s.operand().perSample() ->
                List.of(run(new ScalarMultiplication(memory.array(s.operand()), null, z, memory.samples())));
            case SampleSum s -> List.of(run(new Sum(memory.matrix(s.operand(), s.operand().shape().size()),
                    memory.vector(target), 1)));
            case Spread s -> assign(z, memory.spread(s.operand(), target));
            case Extract e -> assign(z, memory.part(e.operand(), e.firstEntry(), target.shape()));
            case Stack s -> stack(s);
        };
    }

    private List<Runnable> matrixProduct(MatrixProduct m) {
        long rows = m.target().shape().dimension(0);
        long inner = m.inner();
        INDArray left = memory.matrix(m.left(), m.transposeLeft() ? inner : rows);
        INDArray right = memory.matrix(m.right(), m.transposeRight() ? m.target().shape().dimension(1) : inner);
        return followed(
                run(new Mmul(left, right, memory.matrix(target, rows), transpose(m.transposeLeft(), m.transposeRight()))),
                m.bias().map(bias -> run(new AddOp(z, memory.spread(bias, target), z))));
    }

    private List<Runnable> combination(Combination combination) {
        var steps = new ArrayList<Runnable>();
        List<Term> terms = combination.terms();
        if (terms.isEmpty()) {
            steps.add(() -> z.assign(combination.constant()));
        } else {
            steps.addAll(term(terms.getFirst(), z));
            for (Term term : terms.subList(1, terms.size())) {
                INDArray summand = z.ulike();
                steps.addAll(term(term, summand));
                steps.add(run(new AddOp(z, summand, z)));
            }
            if (combination.constant() != 0) {
                steps.add(run(new ScalarAdd(z, null, z, combination.constant())));
            }
        }
        if (combination.scale() != 1) {
            steps.add(run(new ScalarMultiplication(z, null, z, combination.scale())));
        }
        for (Slot factor : combination.factors()) {
            steps.add(run(new MulOp(z, memory.spread(factor, target), z)));
        }
        for (Slot divisor : combination.divisors()) {
            steps.add(run(new DivOp(z, memory.spread(divisor, target), z)));
        }
        if (combination.divisor() != 1) {
            steps.add(run(new ScalarDivision(z, null, z, combination.divisor())));
        }
        for (Slot multiplier : combination.multipliers()) {
            steps.add(run(new MulOp(z, memory.spread(multiplier, target), z)));
        }
        return List.copyOf(steps);
    }

    private List<Runnable> term(Term term, INDArray to) {
        List<Slot> factors = term.factors();
        var steps = new ArrayList<Runnable>(assign(to, memory.spread(factors.getFirst(), target)));
        if (term.coefficient() != 1) {
            steps.add(run(new ScalarMultiplication(to, null, to, term.coefficient())));
        }
        for (Slot factor : factors.subList(1, factors.size())) {
            steps.add(run(new MulOp(to, memory.spread(factor, target), to)));
        }
        return steps;
    }

    private List<Runnable> stack(Stack stack) {
        var steps = new ArrayList<Runnable>();
        int entry = 0;
        for (Slot part : stack.parts()) {
            INDArray to = memory.part(target, entry, part.shape());
            steps.addAll(assign(to, memory.spread(part, new Slot(part.number(), part.shape(), target.perSample()))));
            entry += part.shape().size();
        }
        return List.copyOf(steps);
    }

    private static List<Runnable> followed(Runnable first, Optional<Runnable> second) {
        return Stream.concat(Stream.of(first), second.stream()).toList();
    }

    private static List<Runnable> assign(INDArray to, INDArray from) {
        return List.of(() -> to.assign(from));
    }

    private static Runnable run(Op operation) {
        return () -> Nd4j.getExecutioner().exec(operation);
    }

    private static Runnable run(CustomOp operation) {
        return () -> Nd4j.getExecutioner().exec(operation);
    }

    private static MMulTranspose transpose(boolean left, boolean right) {
        return MMulTranspose.builder().transposeA(left).transposeB(right).transposeResult(false).build();
    }
}
