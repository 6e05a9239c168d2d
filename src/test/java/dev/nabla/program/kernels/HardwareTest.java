package dev.nabla.program.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.expression.ScalarFunction;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** The kernels in Java processes that lack something. */
class HardwareTest {

    @Test
    void computesTheSameBitsWhereTheVectorModuleIsMissing() throws Exception {
        List<String> expected = new ArrayList<>(Values.ofAllFunctions(new PlainFunctions()));
        expected.addFirst("PlainFunctions");
        expected.addAll(Values.ofProduct(new PlainMatrices()));
        assertThat(inAnotherProcess()).isEqualTo(expected);
    }

    @Test
    void takesTheLibrarysFunctionsWhereThereIsNoMultiplyAdd() throws Exception {
        assertThat(inAnotherProcess("-XX:-UseFMA")).startsWith("LibraryFunctions").hasSize(ScalarFunction.values().length + 3).contains("PlainMatrices");
    }

    private static List<String> inAnotherProcess(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Values.class.getName()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Options of this process from outside would add the module, and a line about themselves.
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().filter(line -> !line.startsWith("WARNING")).toList();
    }

    /** Prints which kernels the process has and what they compute. */
    static final class Values {

        public static void main(String[] arguments) {
            System.out.println(FunctionKernels.best().getClass().getSimpleName());
            ofAllFunctions(FunctionKernels.best()).forEach(System.out::println);
            ofProduct(MatrixKernels.best()).forEach(System.out::println);
        }

        static List<String> ofAllFunctions(FunctionKernels kernels) {
            return Arrays.stream(ScalarFunction.values()).map(function -> of(kernels, function)).toList();
        }

        static List<String> ofProduct(MatrixKernels kernels) {
            double[] numbers = DoubleStream.iterate(-3.3, x -> x < 4, x -> x + 0.1).toArray();
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocateFrom(JAVA_DOUBLE, numbers);
                long first = Doubles.first(memory);
                kernels.product(MatrixKernels.Start.BIAS, first, first, 3, 1, first + 15, 9, first + 45, 9, 3, 3, 9);
                return List.of(kernels.getClass().getSimpleName(), Arrays.toString(memory.toArray(JAVA_DOUBLE)));
            }
        }

        private static String of(FunctionKernels kernels, ScalarFunction function) {
            double[] arguments = DoubleStream.iterate(-3.3, x -> x < 4, x -> x + 0.37).toArray();
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocateFrom(JAVA_DOUBLE, arguments);
                long first = Doubles.first(memory);
                kernels.of(function).apply(first, first, arguments.length);
                return function + Arrays.toString(memory.toArray(JAVA_DOUBLE));
            }
        }
    }
}
