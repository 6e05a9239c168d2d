package dev.nabla.benchmark;

import java.util.Iterator;
import java.util.stream.IntStream;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The batches of one epoch after another, by ND4J's means: the dataset is shuffled, then its batches are views. */
final class ShuffledBatches implements Iterator<DataSet> {

    private final DataSet samples;
    private final int batch;
    private final boolean shuffle;
    private int from;

    ShuffledBatches(Regression task) {
        this.samples = new DataSet(Nd4j.createFromArray(task.samples().inputs()).reshape(Regression.SAMPLES, -1),
                Nd4j.createFromArray(task.samples().targets()).reshape(Regression.SAMPLES, -1));
        this.batch = task.batch();
        this.shuffle = task.shuffle();
    }

    /** The next batches, as many as given. */
    Iterator<DataSet> next(int batches) {
        return IntStream.range(0, batches).mapToObj(_ -> next()).iterator();
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public DataSet next() {
        if (from == 0 && shuffle) {
            samples.shuffle();
        }
        DataSet next = (DataSet) samples.getRange(from, from + batch);
        from = (from + batch) % Regression.SAMPLES;
        return next;
    }
}
