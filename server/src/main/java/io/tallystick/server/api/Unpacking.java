package io.tallystick.server.api;

import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * Unpacks request bodies as they are read. Helidon's own module for it ends with 4.2, and it unpacks without a limit;
 * here whoever reads stops at {@link Body}'s, so a small body that would unpack to gigabytes costs nothing.
 */
final class Unpacking implements ContentEncoding {
    private final String name;
    private final Set<String> ids;
    private final Unpacker unpacker;

    private Unpacking(String name, Set<String> ids, Unpacker unpacker) {
        this.name = name;
        this.ids = ids;
        this.unpacker = unpacker;
    }

    /** How packed bytes are turned into plain ones. */
    @FunctionalInterface
    private interface Unpacker {
        InputStream unpack(InputStream packed) throws IOException;
    }

    /** The packed bytes are not what the header says. */
    static final class BrokenException extends UncheckedIOException {
        @Serial
        private static final long serialVersionUID = 1;

        BrokenException(IOException cause) {
            super(cause);
        }
    }

    static Unpacking gzip() {
        return new Unpacking("gzip", Set.of("gzip", "x-gzip"), GZIPInputStream::new);
    }

    static Unpacking deflate() {
        return new Unpacking("deflate", Set.of("deflate"), InflaterInputStream::new);
    }

    @Override
    public Set<String> ids() {
        return ids;
    }

    @Override
    public boolean supportsEncoding() {
        return false;
    }

    @Override
    public boolean supportsDecoding() {
        return true;
    }

    @Override
    public ContentDecoder decoder() {
        return packed -> {
            try {
                return unpacker.unpack(packed);
            } catch (IOException e) {
                throw new BrokenException(e);
            }
        };
    }

    @Override
    public ContentEncoder encoder() {
        return ContentEncoder.NO_OP;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String type() {
        return name;
    }
}
