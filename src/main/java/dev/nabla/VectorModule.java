package dev.nabla;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.nabla.program.kernels.Hardware;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JDK's incubating Vector API, which the kernels are written with. A process has it only if an option of its start
 * asks for it, and no manifest can: so {@code java -jar} without options becomes the same command with them.
 */
final class VectorModule {

    /**
     * The options of a process that computes with vectors, and that ends rather than to go on without a thread that found no
     * memory; those of the pom's {@code jvm.flags}. The compiler leaves a method as a call that it has compiled by itself before,
     * and vectors that are passed become objects, which in some processes took two fifths off the speed: so it is told to put the
     * functions' vector methods into their loops. In a method that has grown large it leaves them as calls all the same; so each
     * loop is a method that is compiled by itself. And G1 has every counted loop cut in two, so that it can stop threads within,
     * which the short loops of a small network's step pay for with some four hundredths of its time.
     */
    static final List<String> OPTIONS = List.of("--add-modules", Hardware.VECTOR_MODULE, "--enable-native-access=ALL-UNNAMED",
            "-XX:+ExitOnOutOfMemoryError", "-XX:-UseCountedLoopSafepoints", "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=inline,*Lanes::*", "-XX:CompileCommand=dontinline,*::*OnRun");

    private static final String ADDED = "nabla.vector-module-added";

    private VectorModule() {}

    /**
     * Returns if there is nothing to be added, or no way to. Otherwise the operating system replaces this process by one
     * with the options: under the same number, with the same streams, so that signals and the exit code are its own.
     *
     * @param arguments those of {@code main}
     */
    static void addIfMissing(String[] arguments) {
        ProcessHandle.Info process = ProcessHandle.current().info();
        // Not by asking Hardware, which looks at the processor first.
        boolean isMissing = ModuleLayer.boot().findModule(Hardware.VECTOR_MODULE).isEmpty();
        boolean isInTheJdk = ModuleFinder.ofSystem().find(Hardware.VECTOR_MODULE).isPresent();
        if (isMissing && isInTheJdk && process.command().isPresent()) {
            process.arguments()
                    .flatMap(given -> withOptions(process.command().get(), List.of(given), List.of(arguments)))
                    .ifPresent(VectorModule::become);
        }
    }

    /**
     * The command with the options; empty if it starts no jar (a debugger's connection would be lost) or was made here.
     *
     * @param executable the path of {@code java}
     * @param given the arguments of {@code java} as the operating system tells them, which end before one that is empty
     * @param arguments those of {@code main}
     */
    static Optional<List<String>> withOptions(String executable, List<String> given, List<String> arguments) {
        int jar = given.indexOf("-jar") + 1;
        List<String> before = given.subList(0, jar);
        String mark = "-D" + ADDED + "=true";
        boolean isDebugged = before.stream().anyMatch(option -> option.startsWith("-agentlib:jdwp"));
        if (jar == 0 || jar == given.size() || isDebugged || before.contains(mark)) {
            return Optional.empty();
        }
        var command = new ArrayList<String>();
        command.add(executable);
        command.addAll(OPTIONS);
        command.add(mark);
        command.addAll(before);
        command.add(given.get(jar));
        command.addAll(arguments);
        return Optional.of(command);
    }

    /** Returns only where the operating system has no {@code execv} (Windows) or refuses it. */
    private static void become(List<String> command) {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> function = linker.defaultLookup().find("execv");
        if (function.isEmpty()) {
            return;
        }
        MethodHandle execv = linker.downcallHandle(function.get(), FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment[] words = command.stream().map(arena::allocateFrom).toArray(MemorySegment[]::new);
            MemorySegment list = arena.allocate(ADDRESS, words.length + 1L);
            for (int i = 0; i < words.length; i++) {
                list.setAtIndex(ADDRESS, i, words[i]);
            }
            list.setAtIndex(ADDRESS, words.length, MemorySegment.NULL);
            int _ = (int) execv.invokeExact(words[0], list);
        } catch (Throwable e) {
            throw new IllegalStateException("could not call execv", e);
        }
    }
}
