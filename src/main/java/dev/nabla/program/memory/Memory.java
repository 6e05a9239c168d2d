package dev.nabla.program.memory;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import dev.nabla.expression.Shape;
import dev.nabla.program.FlatVector;
import dev.nabla.program.Program;
import dev.nabla.program.Slot;
import java.lang.foreign.MemorySegment;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The values of a program in ND4J's memory, as one tile sees them: as arrays and as plain doubles. */
public final class Memory {

    private final Program program;
    private final MemoryPlan plan;
    private final Tile tile;
    private final INDArray shared;
    private final INDArray own;
    private final long tileStart;

    /**
     * @param shared the block of shared symbols and outputs
     * @param own holds the common block at its beginning and the block of the tile somewhere behind it
     */
    public Memory(Program program, MemoryPlan plan, Tile tile, INDArray shared, INDArray own, long tileStart) {
        this.program = program;
        this.plan = plan;
        this.tile = tile;
        this.shared = shared;
        this.own = own;
        this.tileStart = tileStart;
    }

    public int samples() {
        return tile.samples();
    }

    public int rowLength() {
        return tile.rowLength();
    }

    /** How many doubles the slot takes. */
    public int size(Slot slot) {
        return Math.toIntExact(slot.size(rowLength()));
    }

    /** The slot in its shape, followed by the batch if it is per sample. */
    public INDArray array(Slot slot) {
        return spread(slot, slot);
    }

    /** The slot as an array of the shape of {@code target}: repeated, without a copy, along the axes it lacks. */
    public INDArray spread(Slot slot, Slot target) {
        return spread(slot, target, 0);
    }

    /** A vector as a matrix of the shape of {@code target} that has it in every row. */
    public INDArray rows(Slot vector, Slot target) {
        return spread(vector, target, 1);
    }

    private INDArray spread(Slot slot, Slot target, int firstAxis) {
        Shape shape = target.shape();
        int axes = shape.rank() + (target.perSample() ? 1 : 0);
        long[] dimensions = new long[axes];
        long[] strides = new long[axes];
        long stride = slot.perSample() ? rowLength() : 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            dimensions[axis] = shape.dimension(axis);
            if (axis >= firstAxis && axis < firstAxis + slot.shape().rank()) {
                strides[axis] = stride;
                stride *= shape.dimension(axis);
            }
        }
        if (target.perSample()) {
            dimensions[axes - 1] = samples();
            strides[axes - 1] = slot.perSample() ? 1 : 0;
        }
        return view(slot, dimensions, strides);
    }

    /** All doubles of the slot one behind the other. */
    public INDArray vector(Slot slot) {
        return view(slot, new long[] {size(slot)}, new long[] {1});
    }

    /** The slot as a matrix of {@code rows} rows, the other axes and the batch taken together. */
    public INDArray matrix(Slot slot, long rows) {
        long columns = size(slot) / rows;
        return view(slot, new long[] {rows, columns}, new long[] {columns, 1});
    }

    /** The entries of the slot from one on, as many as {@code shape} has, in that shape. */
    public INDArray part(Slot slot, int firstEntry, Shape shape) {
        long[] dimensions = new long[shape.rank() + (slot.perSample() ? 1 : 0)];
        long[] strides = new long[dimensions.length];
        long stride = 1;
        if (slot.perSample()) {
            dimensions[shape.rank()] = samples();
            strides[shape.rank()] = 1;
            stride = rowLength();
        }
        long start = block(slot).offset() + offset(slot) + firstEntry * stride;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            dimensions[axis] = shape.dimension(axis);
            strides[axis] = stride;
            stride *= shape.dimension(axis);
        }
        return Nd4j.create(block(slot).data(), dimensions, strides, start, 'c');
    }

    /** The first double of the slot by the number that kernels know it by. */
    public long first(Slot slot) {
        return FlatVector.first(block(slot)) + offset(slot);
    }

    /** Where an instruction of this tile writes its target: in the place of the tile's part if it is a sum over all. */
    public long firstOfTarget(Slot target) {
        return plan.partialSumOffset(target).map(offset -> FlatVector.first(own) + tileStart + offset)
                .orElseGet(() -> first(target));
    }

    /** The first double of what an instruction may use while it runs. */
    public long scratch() {
        return FlatVector.first(own) + tileStart + plan.scratchOffset();
    }

    /** The doubles of the slot. */
    public MemorySegment doubles(Slot slot) {
        return FlatVector.doubles(block(slot)).asSlice(offset(slot) * JAVA_DOUBLE.byteSize(),
                size(slot) * JAVA_DOUBLE.byteSize());
    }

    private INDArray view(Slot slot, long[] dimensions, long[] strides) {
        return Nd4j.create(block(slot).data(), dimensions, strides, block(slot).offset() + offset(slot), 'c');
    }

    private INDArray block(Slot slot) {
        return program.isShared(slot) ? shared : own;
    }

    private long offset(Slot slot) {
        return slot.perSample() ? tileStart + plan.offset(slot) : plan.offset(slot);
    }
}
