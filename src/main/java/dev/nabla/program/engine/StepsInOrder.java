package dev.nabla.program.engine;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.constant.ConstantDescs.CD_MethodHandles;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.DEFAULT_NAME;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;
import static java.lang.constant.ConstantDescs.ofConstantBootstrap;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.invoke.MethodHandles;
import java.util.List;

/**
 * Steps one after the other: by a loop at first and, where they take little time each and have run for a while, by a class of
 * their own in which every step is a constant. The loop, which all programs share, finds out by a call what the next step is;
 * in the class the compiler knows it, and the places and sizes that it works on. The steps are the same, and so is every bit.
 */
final class StepsInOrder implements Runnable {

    /** Of a step that takes longer, its call is no part to speak of. */
    private static final double MOST_NANOS = 500;
    /** Of some hundred a class is faster than the loop, of some thousand slower. */
    private static final int MOST_STEPS = 300;
    /** For each step, after which a class of their own is worth it: so long it takes to compile. */
    private static final double NANOS_BY_LOOP = 5e6;
    /**
     * C2 puts no method of so many bytes (-XX:FreqInlineSize) into another: it compiles every step by itself. Of a method that
     * grows large it makes objects of some vectors.
     */
    static final int LEAST_BYTES_OF_STEP = 326;

    private static final ClassDesc OWN_CLASS = ClassDesc.of(StepsInOrder.class.getName() + "OfOwnClass");
    private static final ClassDesc RUNNABLE = ClassDesc.of(Runnable.class.getName());
    private static final DirectMethodHandleDesc CLASS_DATA_AT = ofConstantBootstrap(CD_MethodHandles, "classDataAt", CD_Object, CD_int);

    private final List<Runnable> steps;
    private Runnable present;
    private long runsByLoop;

    private StepsInOrder(List<Runnable> steps, long runsByLoop) {
        this.steps = steps;
        this.present = byLoop(steps);
        this.runsByLoop = runsByLoop;
    }

    /** @param nanos how long all of them take */
    static Runnable of(List<Runnable> steps, double nanos) {
        double nanosOfStep = nanos / steps.size();
        boolean isWorthIt = nanosOfStep < MOST_NANOS && steps.size() <= MOST_STEPS;
        return isWorthIt ? new StepsInOrder(List.copyOf(steps), (long) (NANOS_BY_LOOP / nanosOfStep)) : byLoop(steps);
    }

    /** For good. */
    static Runnable byLoop(List<Runnable> steps) {
        Runnable[] inOrder = steps.toArray(Runnable[]::new);
        return () -> {
            for (Runnable step : inOrder) {
                step.run();
            }
        };
    }

    @Override
    public void run() {
        present.run();
        if (runsByLoop > 0) {
            runsByLoop--;
            if (runsByLoop == 0) {
                present = byOwnClass(steps);
            }
        }
    }

    /** For good, by an instance of a class that no other steps have. */
    static Runnable byOwnClass(List<Runnable> steps) {
        byte[] bytes = ClassFile.of().build(OWN_CLASS, own -> define(own, steps.size()));
        try {
            return MethodHandles.lookup().defineHiddenClassWithClassData(bytes, steps, true).lookupClass()
                    .asSubclass(Runnable.class).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void define(ClassBuilder own, int steps) {
        own.withFlags(ACC_FINAL).withInterfaceSymbols(RUNNABLE);
        own.withMethodBody(INIT_NAME, MTD_void, 0, code -> code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_());
        own.withMethodBody("run", MTD_void, ACC_PUBLIC, code -> {
            for (int i = 0; i < steps; i++) {
                code.invokestatic(OWN_CLASS, nameOfMethod(i), MTD_void);
            }
            code.return_();
        });
        for (int i = 0; i < steps; i++) {
            int step = i;
            own.withMethodBody(nameOfMethod(step), MTD_void, ACC_STATIC, code -> run(code, step));
        }
    }

    private static void run(CodeBuilder code, int step) {
        code.ldc(DynamicConstantDesc.ofNamed(CLASS_DATA_AT, DEFAULT_NAME, RUNNABLE, step)).invokeinterface(RUNNABLE, "run", MTD_void);
        code.return_();
        // These are never come to.
        for (int i = 0; i < LEAST_BYTES_OF_STEP; i++) {
            code.nop();
        }
        code.return_();
    }

    private static String nameOfMethod(int step) {
        return "step" + step;
    }
}
