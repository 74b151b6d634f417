package io.tallystick.server.http;

import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import io.helidon.http.encoding.ContentEncodingContext;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Unpacks request bodies as they are read. Helidon's own module for it ends with 4.2, and it unpacks without a limit;
 * here whoever reads stops at {@link Bodies}'s, so a small body that would unpack to gigabytes costs nothing.
 */
public final class Unpacking implements ContentEncoding {
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

    /** Plain bytes, and the packed ones they come from. */
    private static final class Unpacked extends FilterInputStream {
        private final InputStream packed;

        Unpacked(InputStream plain, InputStream packed) {
            super(plain);
            this.packed = packed;
        }
    }

    /** How request bodies may be packed. */
    public static ContentEncodingContext encodings() {
        return ContentEncodingContext.builder()
                .contentEncodingsDiscoverServices(false)
                .addContentEncoding(gzip())
                .addContentEncoding(deflate())
                .build();
    }

    private static Unpacking gzip() {
        return new Unpacking("gzip", Set.of("gzip", "x-gzip"), GZIPInputStream::new);
    }

    private static Unpacking deflate() {
        return new Unpacking("deflate", Set.of("deflate"), Unpacking::inflated);
    }

    /**
     * Reads the rest of a body that nobody wants, as it came in: unpacking it would be what a bomb is made for.
     *
     * @return whether it came to its end within {@link Bodies#DRAINED_MAX}
     */
    static boolean drain(InputStream in) throws IOException {
        InputStream raw = in instanceof Unpacked unpacked ? unpacked.packed : in;
        byte[] buffer = new byte[1 << 13];
        for (long drained = 0; drained <= Bodies.DRAINED_MAX; ) {
            int read = raw.read(buffer);
            if (read < 0) {
                return true;
            }
            drained += read;
        }
        return false;
    }

    /** With the frame of zlib, as RFC 9110 has it, or bare, as several clients send it. */
    private static InputStream inflated(InputStream packed) throws IOException {
        BufferedInputStream peeked = new BufferedInputStream(packed);
        peeked.mark(2);
        int method = peeked.read();
        int flags = peeked.read();
        peeked.reset();
        boolean isFramed = method >= 0 && flags >= 0 && (method & 0x0f) == 8 && ((method << 8) | flags) % 31 == 0;
        return new InflaterInputStream(peeked, new Inflater(!isFramed)) {
            @Override
            public void close() throws IOException {
                super.close();
                inf.end(); // it was given to the stream, which therefore does not end it
            }
        };
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
                return new Unpacked(unpacker.unpack(packed), packed);
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
