package dev.nabla.benchmark;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.nabla.datasets.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The seed's training by hand: {@code seed.c}, compiled for this machine by its gcc, with libmvec's tanh on vectors. */
final class CPeer implements Peer {

    private static final String SOURCE = "seed.c";
    /** Linked without -ffast-math, as that would let the process flush subnormal numbers to 0. */
    private static final List<List<String>> COMMANDS = List.of(
            List.of("gcc", "-O3", "-march=native", "-ffast-math", "-fPIC", "-c", "-o", "seed.o", SOURCE),
            List.of("gcc", "-shared", "-o", "seed.so", "seed.o", "-lmvec", "-lm"));

    private final Arena arena = Arena.ofShared();
    private final int batch;
    private final int count;
    private final MethodHandle train;
    private final MethodHandle copy;

    /** @throws UncheckedIOException if there is no gcc */
    CPeer(Samples samples, double[] initialParameters, int batch) {
        this.batch = batch;
        this.count = initialParameters.length;
        SymbolLookup library = SymbolLookup.libraryLookup(compile(), arena);
        this.train = function(library, "train", FunctionDescriptor.of(JAVA_DOUBLE, JAVA_INT, JAVA_INT));
        this.copy = function(library, "copy", FunctionDescriptor.ofVoid(ADDRESS));
        call(function(library, "start", FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS, ADDRESS)), samples.size(),
                arena.allocateFrom(JAVA_DOUBLE, samples.inputs()), arena.allocateFrom(JAVA_DOUBLE, samples.targets()),
                arena.allocateFrom(JAVA_DOUBLE, initialParameters));
    }

    /** Whether this machine has what it needs. */
    static boolean canBeCompiled() {
        try {
            compile();
            return true;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    private static Path compile() {
        try (InputStream source = Objects.requireNonNull(CPeer.class.getResourceAsStream(SOURCE))) {
            Path folder = Files.createTempDirectory("seed");
            Files.copy(source, folder.resolve(SOURCE));
            for (List<String> command : COMMANDS) {
                int status = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
                if (status != 0) {
                    throw new IOException(command + " ended with " + status);
                }
            }
            return folder.resolve("seed.so");
        } catch (IOException e) {
            throw new UncheckedIOException("the yardstick needs gcc and glibc's libmvec", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle function(SymbolLookup library, String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), type);
    }

    private static Object call(MethodHandle function, Object... arguments) {
        try {
            return function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void train(int steps) {
        call(train, steps, batch);
    }

    @Override
    public double[] parameters() {
        MemorySegment parameters = arena.allocate(JAVA_DOUBLE, count);
        call(copy, parameters);
        return parameters.toArray(JAVA_DOUBLE);
    }

    @Override
    public void close() {
        arena.close();
    }
}
