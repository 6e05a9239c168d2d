package dev.nabla.program.kernels;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** What of the machine the Java runtime can use for the kernels. */
public enum Hardware {

    /** The Vector API, with four or more doubles in a vector: on less, C2 calls what should be an instruction. */
    WIDE,
    NONE,
    /** Not even a fused multiply-add, which Java then computes with {@code BigDecimal}, a thousand times slower. */
    NO_MULTIPLY_ADD;

    /** The module of the Vector API: only an option of the process's start adds it. */
    public static final String VECTOR_MODULE = "jdk.incubator.vector";
    public static final Hardware FOUND = find();

    /** What the kernels compute with, and why if it is not the fastest. */
    public String reason() {
        return switch (this) {
            case WIDE -> "vectors of " + Lanes.LENGTH + " doubles";
            case NONE -> "plain loops, several times slower than vectors, as " + (hasVectorModule()
                    ? "this processor's vectors hold fewer than four doubles"
                    : "the module of vectors is missing: start Java with --add-modules " + VECTOR_MODULE);
            case NO_MULTIPLY_ADD -> "plain loops, several times slower than vectors, as there is no fused multiply-add";
        };
    }

    public static boolean hasVectorModule() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    }

    private static Hardware find() {
        if (!hasMultiplyAdd()) {
            return NO_MULTIPLY_ADD;
        }
        return hasVectorModule() && Lanes.LENGTH >= 4 ? WIDE : NONE;
    }

    private static boolean hasMultiplyAdd() {
        try {
            HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return machine == null || Boolean.parseBoolean(machine.getVMOption("UseFMA").getValue());
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
