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
    private final List<Runnable> steps = new ArrayList<>();

    private Nd4jStep(Slot target, Memory memory) {
        this.memory = memory;
        this.target = target;
        this.z = memory.array(target);
    }

    static Runnable of(Instruction instruction, Memory memory) {
        var step = new Nd4jStep(instruction.target(), memory);
        step.plan(instruction);
        List<Runnable> steps = List.copyOf(step.steps);
        return steps.size() == 1 ? steps.getFirst() : () -> steps.forEach(Runnable::run);
    }

    private void plan(Instruction instruction) {
        switch (instruction) {
            case Fill f -> steps.add(() -> z.assign(f.value()));
            case Apply a -> steps.add(Nd4jFunctions.step(a.function(), memory, a.operand(), target));
            case ApplyPair a -> {
                steps.add(PlainLoops.apply(memory, a.functions().first(), a.operand(), target));
                steps.add(PlainLoops.apply(memory, a.functions().second(), a.operand(), a.second()));
            }
            case Combination c -> combination(c);
            case Power p -> steps.add(PlainLoops.power(memory, p));
            case ApplyBinary a -> steps.add(PlainLoops.apply(memory, a));
            case Norm n -> steps.add(NormStep.of(n, memory));
            case MatrixProduct m when m.left().perSample() || m.right().perSample() && m.transposeRight() ->
                steps.add(PlainLoops.matrixProduct(memory, m));
            case MatrixProduct m -> {
                long rows = m.target().shape().dimension(0);
                long inner = m.inner();
                INDArray left = memory.matrix(m.left(), m.transposeLeft() ? inner : rows);
                INDArray right = memory.matrix(m.right(),
                        m.transposeRight() ? m.target().shape().dimension(1) : inner);
                run(new Mmul(left, right, memory.matrix(target, rows), transpose(m.transposeLeft(),
                        m.transposeRight())));
                m.bias().ifPresent(bias -> run(new AddOp(z, memory.spread(bias, target), z)));
            }
            case OuterSampleSum o -> {
                run(new Mmul(memory.array(o.left()), memory.array(o.right()), z, transpose(false, true)));
                o.leftSum().ifPresent(sum -> run(new Sum(memory.array(o.left()), memory.vector(sum), 1)));
            }
            case DotSampleSum d -> run(new Dot(memory.vector(d.left()), memory.vector(d.right()), z));
            case Outer o -> run(new MulOp(memory.spread(o.left(), target), memory.rows(o.right(), target), z));
            case Watch w -> steps.add(WatchStep.of(w, memory));
            case Transpose t -> {
                INDArray source = memory.array(t.operand());
                INDArray transposed = target.perSample() ? source.permute(1, 0, 2) : source.permute(1, 0);
                steps.add(() -> z.assign(transposed));
            }
            case Factorisation f -> steps.add(Elimination.of(f, memory));
            case Solve s -> steps.add(Substitution.of(s, memory));
            case EntrySum s -> {
                int entries = s.operand().shape().size();
                run(new Sum(memory.matrix(s.operand(), entries),
                        memory.vector(target), 0));
            }
            case SampleSum s when !s.operand().perSample() ->
                run(new ScalarMultiplication(memory.array(s.operand()), null, z, memory.samples()));
            case SampleSum s -> run(new Sum(
                    memory.matrix(s.operand(), s.operand().shape().size()), memory.vector(target), 1));
            case Spread s -> {
                INDArray source = memory.spread(s.operand(), target);
                steps.add(() -> z.assign(source));
            }
            case Extract e -> {
                INDArray source = memory.part(e.operand(), e.firstEntry(), target.shape());
                steps.add(() -> z.assign(source));
            }
            case Stack s -> stack(s);
        }
    }

    private void combination(Combination combination) {
        List<Term> terms = combination.terms();
        if (terms.isEmpty()) {
            steps.add(() -> z.assign(combination.constant()));
        } else {
            term(terms.getFirst(), z);
            for (Term term : terms.subList(1, terms.size())) {
                INDArray summand = z.ulike();
                term(term, summand);
                run(new AddOp(z, summand, z));
            }
            if (combination.constant() != 0) {
                run(new ScalarAdd(z, null, z, combination.constant()));
            }
        }
        if (combination.scale() != 1) {
            run(new ScalarMultiplication(z, null, z, combination.scale()));
        }
        for (Slot factor : combination.factors()) {
            run(new MulOp(z, memory.spread(factor, target), z));
        }
        for (Slot divisor : combination.divisors()) {
            run(new DivOp(z, memory.spread(divisor, target), z));
        }
        if (combination.divisor() != 1) {
            run(new ScalarDivision(z, null, z, combination.divisor()));
        }
        for (Slot multiplier : combination.multipliers()) {
            run(new MulOp(z, memory.spread(multiplier, target), z));
        }
    }

    private void term(Term term, INDArray to) {
        List<Slot> factors = term.factors();
        INDArray first = memory.spread(factors.getFirst(), target);
        steps.add(() -> to.assign(first));
        if (term.coefficient() != 1) {
            run(new ScalarMultiplication(to, null, to, term.coefficient()));
        }
        for (Slot factor : factors.subList(1, factors.size())) {
            run(new MulOp(to, memory.spread(factor, target), to));
        }
    }

    private void stack(Stack stack) {
        int entry = 0;
        for (Slot part : stack.parts()) {
            INDArray to = memory.part(target, entry, part.shape());
            INDArray from = memory.spread(part, new Slot(part.number(), part.shape(), target.perSample()));
            steps.add(() -> to.assign(from));
            entry += part.shape().size();
        }
    }

    private void run(Op operation) {
        steps.add(() -> Nd4j.getExecutioner().exec(operation));
    }

    private void run(CustomOp operation) {
        steps.add(() -> Nd4j.getExecutioner().exec(operation));
    }

    private static MMulTranspose transpose(boolean left, boolean right) {
        return MMulTranspose.builder().transposeA(left).transposeB(right).transposeResult(false).build();
    }
}
