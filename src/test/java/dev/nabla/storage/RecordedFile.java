package dev.nabla.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePathWrapper;

/** A file of H2's under {@code recorded:} that remembers what was written and what was then on the disk, in order. */
public final class RecordedFile extends FilePathWrapper {

    /** What was done to the file so far; whoever reads it while others write holds its lock. */
    static final List<Change> CHANGES = new ArrayList<>();

    sealed interface Change {}

    record Write(long position, byte[] bytes) implements Change {}

    record Cut(long size) implements Change {}

    /** All before it is on the disk. */
    record Force() implements Change {}

    /** What the disk has when the power fails after so many changes: all that was forced, and of the rest any sectors. */
    static byte[] afterPowerFailure(int changes, Random random) {
        List<Change> happened = CHANGES.subList(0, changes);
        int forced = happened.lastIndexOf(new Force());
        byte[] file = new byte[0];
        for (int i = 0; i < changes; i++) {
            boolean isForced = i < forced;
            file = switch (happened.get(i)) {
                case Write write -> isForced ? written(file, write, 0, write.bytes().length) : torn(file, write, random);
                case Cut cut -> isForced || random.nextBoolean() ? Arrays.copyOf(file, (int) cut.size()) : file;
                case Force _ -> file;
            };
        }
        return file;
    }

    private static byte[] torn(byte[] before, Write write, Random random) {
        byte[] file = before;
        for (int from = 0; from < write.bytes().length; from += SyncedFile.SECTOR) {
            if (random.nextBoolean()) {
                file = written(file, write, from, Math.min(from + SyncedFile.SECTOR, write.bytes().length));
            }
        }
        return file;
    }

    private static byte[] written(byte[] file, Write change, int from, int to) {
        int position = (int) change.position() + from;
        byte[] longer = file.length < position + to - from ? Arrays.copyOf(file, position + to - from) : file;
        System.arraycopy(change.bytes(), from, longer, position, to - from);
        return longer;
    }

    @Override
    public String getScheme() {
        return "recorded";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FileChannel file = unwrap().open(mode);
        return new FileBaseDefault() {
            @Override
            public long size() throws IOException {
                return file.size();
            }

            @Override
            public synchronized int read(ByteBuffer target, long position) throws IOException {
                return file.read(target, position);
            }

            @Override
            public synchronized int write(ByteBuffer source, long position) throws IOException {
                var bytes = new byte[source.remaining()];
                source.duplicate().get(bytes);
                synchronized (CHANGES) {
                    CHANGES.add(new Write(position, bytes));
                    return file.write(source, position);
                }
            }

            @Override
            protected void implTruncate(long size) throws IOException {
                synchronized (CHANGES) {
                    CHANGES.add(new Cut(size));
                    file.truncate(size);
                }
            }

            @Override
            public void force(boolean metaData) {
                synchronized (CHANGES) {
                    CHANGES.add(new Force());
                }
            }

            @Override
            public FileLock tryLock(long position, long size, boolean shared) throws IOException {
                return file.tryLock(position, size, shared);
            }

            @Override
            protected void implCloseChannel() throws IOException {
                file.close();
            }
        };
    }
}
