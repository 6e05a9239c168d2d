package dev.nabla.program.kernels;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** What of the machine the Java runtime can use for the kernels. */
enum Hardware {

    /** The Vector API, with four or more doubles in a vector: on less, C2 calls what should be an instruction. */
    WIDE,
    NONE,
    /** Not even a fused multiply-add, which Java then computes with {@code BigDecimal}, a thousand times slower. */
    NO_MULTIPLY_ADD;

    static final Hardware FOUND = find();

    private static Hardware find() {
        if (!hasMultiplyAdd()) {
            return NO_MULTIPLY_ADD;
        }
        boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return module && Lanes.LENGTH >= 4 ? WIDE : NONE;
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
