package dev.nabla.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.nabla.expression.MemoryBudget;
import dev.nabla.expression.Work;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.expression.NoMemoryException;
import dev.nabla.imports.onnx.OnnxReader;
import dev.nabla.onnx.ElementType;
import dev.nabla.onnx.proto.ModelProto;
import dev.nabla.onnx.proto.NodeProto;
import dev.nabla.problems.InvalidException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Files that are broken in all ways: they are refused with what is wrong, or are models. */
class OnnxFuzzTest {

    private static final int FILES = 3000;
    private static final long MEMORY = 64L << 20;

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);

    private static byte[] whole() {
        return new FileBuilder(17, ElementType.FLOAT, 3).input("x", 3).weights("w", 4, 3).weights("b", 4).weights("v",
                4, 2)
                .integers("axis", 1).integers("end", 5).integers("shape", -1, 4)
                .node("Gemm", "x w b", "z", FileBuilder.attribute("transB", 1)).node("Elu", "z", "a",
                FileBuilder.attribute("alpha", 0.5f))
                .node("Reshape", "a shape", "r").node("Unsqueeze", "r axis", "u").node("Squeeze", "u axis", "s")
                .node("Concat", "s x", "c", FileBuilder.attribute("axis", 1)).node("Slice", "c axis end axis", "d")
                .node("Split", "s", "p q", FileBuilder.attribute("axis", -1)).node("Clip", "p", "g")
                .node("MatMul", "s v", "y").output("y", 2).bytes();
    }

    private byte[] broken(byte[] file) {
        byte[] broken = file.clone();
        switch (random.nextInt(5)) {
            case 0 -> {
                return Arrays.copyOf(broken, random.nextInt(broken.length));
            }
            case 1 -> {
                int from = random.nextInt(broken.length);
                int to = random.nextInt(broken.length);
                System.arraycopy(file, from, broken, to, random.nextInt(broken.length - Math.max(from, to)) + 1);
            }
            case 2 -> {
                int from = random.nextInt(broken.length - 5);
                Arrays.fill(broken, from, from + 1 + random.nextInt(5), (byte) 0xff);
            }
            default -> {
                for (int i = 0; i < 1 + random.nextInt(4); i++) {
                    broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
                }
            }
        }
        return broken;
    }

    /** Fields of messages in any order, with wrong contents: what bytes at random seldom are. */
    private byte[] shuffled(byte[] file) throws Exception {
        ModelProto.Builder model = ModelProto.parseFrom(file).toBuilder();
        var graph = model.getGraphBuilder();
        NodeProto.Builder node = graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
        List<String> names = List.of("x", "w", "b", "z", "a", "r", "u", "s", "c", "d", "p", "y", "axis", "shape", "",
                "none");
        List<String> operators = List.of("Gemm", "MatMul", "Add", "Concat", "Gather", "Slice", "Split", "Squeeze",
                "Unsqueeze",
                "Reshape", "Flatten", "Transpose", "Shape", "Cast", "Constant", "Clip", "Softmax", "Pow", "Dropout",
                "Relu");
        switch (random.nextInt(6)) {
            case 0 -> node.setOpType(operators.get(random.nextInt(operators.size())));
            case 1 -> node.addInput(names.get(random.nextInt(names.size())));
            case 2 -> node.setInput(random.nextInt(node.getInputCount()), names.get(random.nextInt(names.size())));
            case 3 -> node.addAttribute(FileBuilder.attribute("axis", (long) random.nextInt(-3, 4)));
            case 4 -> graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount())).setDims(0,
                    random.nextLong());
            default -> graph.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().getShapeBuilder()
                    .getDimBuilder(1)
                    .setDimValue(random.nextInt(-1, 5000));
        }
        return model.build().toByteArray();
    }

    @Test
    void brokenFilesAreRefusedOrRead() throws Exception {
        byte[] file = whole();
        assertThat(read(file)).isTrue();
        int models = 0;
        for (int i = 0; i < FILES; i++) {
            byte[] broken = file;
            for (int k = 0; k <= random.nextInt(3); k++) {
                broken = i % 2 == 0 ? broken(broken.length < 8 ? file : broken) : shuffled(broken);
            }
            try {
                models += read(broken) ? 1 : 0;
            } catch (RuntimeException | StackOverflowError e) {
                fail("file %d of seed %d: %s".formatted(i, seed, e), e);
            }
        }
        assertThat(models).as("seed %d", seed).isBetween(1, FILES - 1000);
    }

    /** Whether it is a model; refusals say what is wrong, without a name of ours. */
    private static boolean read(byte[] file) {
        try (var work = new Work(1_000_000_000, new MemoryBudget("test", MEMORY, () -> MEMORY))) {
            work.run(() -> Recognition.of(OnnxReader.read(file, List.of(), List.of(), List.of()), Optional.empty()));
            return true;
        } catch (InvalidException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem.detail()).isNotBlank()
                    .doesNotContain("Exception", "dev.nabla.", "null", "java."));
            return false;
        } catch (WorkLimitException | NoMemoryException e) {
            return false;
        }
    }

    /** A message of two bytes becomes an object of hundreds. */
    @Test
    void whatManySmallMessagesTakeIsKnownBeforeTheyAreMade() {
        var graph = new ByteArrayOutputStream();
        for (int i = 0; i < 1_000_000; i++) {
            graph.write(0x0a);
            graph.write(0);
        }
        var file = new ByteArrayOutputStream();
        file.write(0x3a);
        for (int rest = graph.size(); rest != 0; rest >>>= 7) {
            file.write(rest > 127 ? rest & 127 | 128 : rest);
        }
        file.writeBytes(graph.toByteArray());
        assertThat(read(file.toByteArray())).isFalse();
    }

    @Test
    void groupsWithinGroupsAreNoWayDown() {
        byte[] groups = new byte[2_000_000];
        Arrays.fill(groups, (byte) 0x0b);
        assertThat(read(groups)).isFalse();
    }
}
