package dev.nabla.web.inference;

import static java.util.Objects.requireNonNull;

import dev.nabla.expression.Decimal;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.network.Network;
import dev.nabla.problems.Problem;
import dev.nabla.web.inference.InferenceRequest.InputTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads the tensors of a request as rows of a network's inputs; what is wrong with them is added to a list. */
final class InputTensors {

    private static final long BYTES_OF_ROW = 24;

    private final List<InputTensor> tensors;
    private final ByteBuffer behind;
    private final List<String> columns;
    private final List<Problem> errors;
    private final boolean isWhole;

    /** @param behind the bytes behind the JSON */
    InputTensors(List<InputTensor> tensors, byte[] behind, Network network, List<Problem> errors) {
        this.tensors = tensors;
        this.behind = ByteBuffer.wrap(behind).order(ByteOrder.LITTLE_ENDIAN);
        this.columns = network.definition().inputs();
        this.errors = errors;
        this.isWhole = tensors.size() == 1 && tensors.getFirst().name().equals(Network.INPUTS);
    }

    /** A row for every sample, in the order of the network, if nothing was wrong. */
    Optional<double[][]> rows() {
        int before = errors.size();
        requireNames();
        for (int i = 0; i < tensors.size(); i++) {
            requireShape(i);
        }
        List<ByteBuffer> bytes = errors.size() > before ? List.of() : bytes();
        if (errors.size() > before) {
            return Optional.empty();
        }
        int samples = tensors.getFirst().shape().getFirst();
        Work.hold(Place.HEAP, samples * (BYTES_OF_ROW + (long) Double.BYTES * columns.size()));
        double[][] rows = new double[samples][columns.size()];
        for (int i = 0; i < tensors.size(); i++) {
            read(i, bytes.get(i), rows);
        }
        return errors.size() > before ? Optional.empty() : Optional.of(rows);
    }

    private int width() {
        return isWhole ? columns.size() : 1;
    }

    private void requireNames() {
        var given = new HashSet<String>();
        for (int i = 0; i < tensors.size() && !isWhole; i++) {
            String name = tensors.get(i).name();
            if (!columns.contains(name)) {
                wrong(i, "/name", "must be " + Network.INPUTS + " alone, or the name of an input of the network, which are "
                        + String.join(", ", columns) + "; was '" + name + "'");
            } else if (!given.add(name)) {
                wrong(i, "/name", "must not be '" + name + "', as another tensor is");
            }
        }
        List<String> missing = isWhole ? List.of() : columns.stream().filter(name -> !given.contains(name)).toList();
        if (!missing.isEmpty() && given.size() == tensors.size()) {
            errors.add(Problem.of("/inputs", "must have a tensor for every input of the network; missing are "
                    + String.join(", ", missing)));
        }
    }

    private void requireShape(int i) {
        List<Integer> shape = tensors.get(i).shape();
        boolean fits = shape.size() == 2 ? shape.getLast() == width() : !isWhole;
        if (!fits) {
            wrong(i, "/shape", "must be [samples, " + width() + "]" + (isWhole ? "" : " or [samples]") + ", was " + shape);
        } else if (!shape.getFirst().equals(tensors.getFirst().shape().getFirst())) {
            wrong(i, "/shape", "must have as many samples as the first tensor, which has " + tensors.getFirst().shape().getFirst()
                    + ", had " + shape.getFirst());
        }
    }

    /** Of each tensor its bytes behind the JSON, none where it has its numbers itself; how many there are is right then. */
    private List<ByteBuffer> bytes() {
        var bytes = new ArrayList<ByteBuffer>();
        int used = 0;
        for (int i = 0; i < tensors.size(); i++) {
            InputTensor tensor = tensors.get(i);
            long numbers = (long) tensor.shape().getFirst() * width();
            long size = tensor.size().isEmpty() ? 0 : numbers * tensor.datatype().bytes();
            if (tensor.size().isEmpty()) {
                requireCount(i, numbers);
            } else if (!tensor.size().get().equals((double) size)) {
                wrong(i, "/parameters/binary_data_size", "must be " + size + ", was " + tensor.size().get());
            }
            if (used + size > behind.capacity()) {
                wrong(i, "", "needs " + size + " bytes behind the JSON, of which " + (behind.capacity() - used) + " are left");
                return bytes;
            }
            bytes.add(behind.slice(used, (int) size).order(ByteOrder.LITTLE_ENDIAN));
            used += (int) size;
        }
        if (used < behind.capacity()) {
            errors.add(Problem.of("/inputs", "leave " + (behind.capacity() - used) + " of the " + behind.capacity()
                    + " bytes behind the JSON"));
        }
        return bytes;
    }

    private void requireCount(int i, long numbers) {
        int count = data(i).size();
        if (count != numbers && !(isNested(i) && count == tensors.get(i).shape().getFirst())) {
            wrong(i, "/data", "must have " + numbers + " numbers, or rows of them, as the shape says, had " + count + " items");
        }
    }

    private List<Object> data(int i) {
        return requireNonNull(tensors.get(i).data());
    }

    private boolean isNested(int i) {
        return tensors.get(i).shape().size() == 2 && !data(i).isEmpty() && data(i).getFirst() instanceof List;
    }

    /** Stops at the first number that is wrong. */
    private void read(int i, ByteBuffer bytes, double[][] rows) {
        int width = width();
        int first = isWhole ? 0 : columns.indexOf(tensors.get(i).name());
        boolean isBinary = tensors.get(i).size().isPresent();
        for (int s = 0; s < rows.length; s++) {
            List<?> row = isBinary ? List.of() : isNested(i) ? row(i, s) : data(i).subList(s * width, (s + 1) * width);
            if (!isBinary && row.size() != width) {
                wrong(i, "/data/" + s, "must be an array of " + width + " numbers");
                return;
            }
            for (int c = 0; c < width; c++) {
                Object given = isBinary ? (Object) tensors.get(i).datatype().read(bytes) : row.get(c);
                double number = given instanceof Double read ? tensors.get(i).datatype().nearest(read).doubleValue() : Double.NaN;
                if (!Double.isFinite(number)) {
                    wrong(i, isBinary ? "" : "/data/" + (isNested(i) ? s + "/" + c : s * width + c),
                            "must be a finite number of the datatype" + (isBinary ? " in sample " + s : ""));
                    return;
                }
                rows[s][first + c] = Decimal.withoutSignOfZero(number);
            }
        }
    }

    private List<?> row(int i, int sample) {
        return data(i).get(sample) instanceof List<?> row ? row : List.of();
    }

    private void wrong(int i, String field, String detail) {
        errors.add(Problem.of("/inputs/" + i + field, detail));
    }
}
