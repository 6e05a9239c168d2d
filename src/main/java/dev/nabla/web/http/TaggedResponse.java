package dev.nabla.web.http;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingOutputStream;
import com.google.common.io.FileBackedOutputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.tomcat.util.http.parser.AcceptEncoding;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.Compression;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/**
 * A response whose body is kept, in a file where it is large, until its tag is known. Errors and streams of events are not
 * kept.
 */
final class TaggedResponse extends HttpServletResponseWrapper implements Closeable {

    private static final int MOST_IN_MEMORY = 1 << 20;
    private static final String GZIP = "gzip";

    private final Compression compression;
    private final @Nullable String acceptEncoding;
    private @Nullable Kept kept;

    /** @param acceptEncoding the header of the request */
    TaggedResponse(HttpServletResponse response, Compression compression, @Nullable String acceptEncoding) {
        super(response);
        this.compression = compression;
        this.acceptEncoding = acceptEncoding;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        MediaType type = getContentType() == null ? MediaType.ALL : MediaType.parseMediaType(getContentType());
        if (kept == null && getStatus() == HttpStatus.OK.value() && !type.includes(MediaType.TEXT_EVENT_STREAM)) {
            boolean compressible = compression.getEnabled() && Arrays.stream(compression.getMimeTypes())
                    .anyMatch(known -> MimeTypeUtils.parseMimeType(known).includes(type));
            kept = new Kept(compressible, compressible && acceptsGzip());
        }
        return kept == null ? super.getOutputStream() : kept;
    }

    private boolean acceptsGzip() {
        try {
            return acceptEncoding != null && AcceptEncoding.parse(new StringReader(acceptEncoding)).stream()
                    .anyMatch(encoding -> encoding.getEncoding().equalsIgnoreCase(GZIP) && encoding.getQuality() > 0);
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends what was kept, or 304 to those who have it. */
    void send(@Nullable String ifNoneMatch) throws IOException {
        if (kept == null) {
            return;
        }
        Kept body = kept;
        ETag current = body.complete();
        setHeader(HttpHeaders.ETAG, current.formattedTag());
        if (!containsHeader(HttpHeaders.CACHE_CONTROL)) {
            setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        }
        if (body.compressible) {
            addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        }
        if (ifNoneMatch != null && ETag.parse(ifNoneMatch).stream()
                .anyMatch(tag -> tag.isWildcard() || tag.tag().equals(current.tag()))) {
            setStatus(HttpStatus.NOT_MODIFIED.value());
            setContentLengthLong(-1);
            return;
        }
        if (body.compressed) {
            setHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
        }
        setContentLengthLong(body.bytes.asByteSource().size());
        body.bytes.asByteSource().copyTo(super.getOutputStream());
    }

    @Override
    public void flushBuffer() throws IOException {
        if (kept == null) {
            super.flushBuffer();
        }
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        close();
    }

    @Override
    public void reset() {
        super.reset();
        close();
    }

    /** Forgets what was kept. */
    @Override
    public void close() {
        if (kept != null) {
            kept.forget();
            kept = null;
        }
    }

    /** The bytes to send, and their hash as they come. */
    private static final class Kept extends ServletOutputStream {

        private final FileBackedOutputStream bytes = new FileBackedOutputStream(MOST_IN_MEMORY);
        private final HashingOutputStream hashed = new HashingOutputStream(Hashing.sha256(), bytes);
        private final OutputStream body;
        private final boolean compressible;
        private final boolean compressed;

        private Kept(boolean compressible, boolean compressed) throws IOException {
            this.compressible = compressible;
            this.compressed = compressed;
            this.body = compressed ? new GZIPOutputStream(hashed) : hashed;
        }

        /** Ends the body, and is its tag. */
        private ETag complete() throws IOException {
            body.close();
            return new ETag(hashed.hash().toString(), false);
        }

        private void forget() {
            try {
                bytes.reset();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void write(int next) throws IOException {
            body.write(next);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            body.write(source, offset, length);
        }

        @Override
        public void close() {
            // It is complete when the request has been handled.
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("only blocking");
        }
    }
}
