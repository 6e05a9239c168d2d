package dev.nabla.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file of H2's under {@code sync:}, of which every write returns when it is on the disk. H2 itself asks the operating
 * system for that only when it closes a database, so a power failure would take the commits of half a minute. H2 knows by
 * its last bytes that what a commit wrote is whole: so these come to the disk after all before them.
 */
public final class SyncedFile extends FilePathWrapper {

    /** What a disk writes whole or not at all, in bytes. */
    static final int SECTOR = 512;

    @Override
    public String getScheme() {
        return "sync";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FileChannel file = unwrap().open(mode);
        return mode.equals("r") ? file : new Synced(file);
    }

    private static final class Synced extends FileBaseDefault {

        private final FileChannel file;

        Synced(FileChannel file) {
            this.file = file;
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
            int length = source.remaining();
            int first = Math.max(0, length - SECTOR);
            if (first > 0) {
                writeThrough(source.duplicate().limit(source.position() + first), position);
                source.position(source.position() + first);
            }
            writeThrough(source, position + first);
            return length;
        }

        private void writeThrough(ByteBuffer source, long position) throws IOException {
            long at = position;
            while (source.hasRemaining()) {
                at += file.write(source, at);
            }
            file.force(false);
        }

        @Override
        public synchronized int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            file.truncate(size);
            file.force(false);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
