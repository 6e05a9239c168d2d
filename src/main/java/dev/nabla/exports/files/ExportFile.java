package dev.nabla.exports.files;

import java.nio.charset.StandardCharsets;

/** A file to take away. */
public sealed interface ExportFile {

    String name();

    byte[] bytes();

    /** In characters where it is to be read, else in bytes. */
    long length();

    /** One to be read. */
    record Text(String name, String text) implements ExportFile {

        @Override
        public byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public long length() {
            return text.length();
        }
    }

    /** One that is no text. */
    record Binary(String name, byte[] bytes) implements ExportFile {

        @Override
        public long length() {
            return bytes.length;
        }
    }

    static ExportFile text(String name, String text) {
        return new Text(name, text);
    }
}
