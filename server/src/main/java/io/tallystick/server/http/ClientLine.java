package io.tallystick.server.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a connection reads, one piece ahead where somebody listens: the only way to notice that a client has hung up is to
 * read. A piece that was read ahead is the next one that the connection gets, so that nothing is lost of a client that
 * sends its next request early. Used by the thread of its connection alone.
 *
 * <p>A client that ends its output and waits on counts as gone: what arrives is the same.
 */
final class ClientLine {
    static final ScopedValue<ClientLine> CURRENT = ScopedValue.newInstance();

    private final Supplier<Optional<byte[]>> source;
    private @Nullable CompletableFuture<Optional<byte[]>> ahead;

    /** A piece of what the client sends, as {@code source} has it; nothing where the client has hung up. */
    ClientLine(Supplier<Optional<byte[]>> source) {
        this.source = source;
    }

    /** The line of one connection, whose first bytes may have been read already. */
    static ClientLine of(ConnectionContext connection) {
        DataReader begun = connection.dataReader();
        return new ClientLine(() -> {
            if (begun.available() > 0) {
                return Optional.of(begun.readBytes(begun.available()));
            }
            try {
                return Optional.ofNullable(connection.serverSocket().get());
            } catch (UncheckedIOException e) {
                throw new ServerConnectionException("Expected to read from the client, but could not.", e);
            }
        });
    }

    /** The next piece; waits for it. */
    Optional<byte[]> next() {
        CompletableFuture<Optional<byte[]>> reading = ahead;
        if (reading == null) {
            return source.get();
        }
        ahead = null;
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failed ? failed : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerConnectionException("Expected the client's next request, but the server is closing.", e);
        }
    }

    /**
     * Does some work on another thread while this one listens, and interrupts that thread if the client hangs up.
     *
     * @return what the work returns; what it throws is thrown
     */
    <T> T whilePresent(Supplier<T> work) {
        CompletableFuture<Optional<byte[]>> reading = listen();
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread worker = Thread.ofVirtual().name("usage-answer").start(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        CompletableFuture<?> _ = reading.whenComplete((piece, failure) -> {
            if (failure != null || piece.isEmpty()) {
                worker.interrupt();
            }
        });
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failed ? failed : new IllegalStateException(e.getCause());
        }
    }

    private CompletableFuture<Optional<byte[]>> listen() {
        CompletableFuture<Optional<byte[]>> reading = ahead;
        if (reading == null) {
            CompletableFuture<Optional<byte[]>> begun = new CompletableFuture<>();
            Thread.ofVirtual().name("client-line").start(() -> {
                try {
                    begun.complete(source.get());
                } catch (RuntimeException e) {
                    begun.completeExceptionally(e);
                }
            });
            ahead = begun;
            reading = begun;
        }
        return reading;
    }
}
