package io.tallystick.server.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose handlers find its {@link ClientLine}, and which ends between two requests: Helidon's own interrupts
 * a request that has just begun, and closes without a word on a client that is about to send its next one. This one says
 * in an answer that it was the last, and closes without one only where nothing was sent for a moment.
 *
 * <p>Helidon runs the handlers on the thread that it handles the connection on.
 */
final class AttentiveConnection implements ServerConnection {
    static final ScopedValue<AttentiveConnection> CURRENT = ScopedValue.newInstance();

    /** How long a client that is answered may take to send its next request before it counts as one that rests. */
    static final Duration PAUSE = Duration.ofMillis(500);

    private final AttentiveConnections all;
    private final ClientLine line;
    private final DataReader reader;
    private final Http1Connection inner;

    private volatile boolean isEnding;

    /** The thread that waits for a request of which nothing has come; guarded by this, as what follows. */
    private @Nullable Thread idler;

    private long idleSinceNanos;
    private boolean isCut;

    AttentiveConnection(
            AttentiveConnections all, ConnectionContext connection, ClientLine line, ServerConnectionSelector http) {
        this.all = all;
        this.line = line;
        this.reader = DataReader.create(this::next);
        this.inner = (Http1Connection) http.connection(new ReadThrough(connection, reader));
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        all.begins(this);
        try {
            ScopedValue.where(ClientLine.CURRENT, line).where(CURRENT, this).<Object, InterruptedException>call(() -> {
                inner.handle(limit);
                return line;
            });
        } finally {
            all.ends(this);
        }
    }

    /** Called when an answer is about to be sent: tells the client if it is the last one, and reads no more after it. */
    void answers(ServerResponse response) {
        if (isEnding || all.areEnding()) {
            response.header(HeaderValues.CONNECTION_CLOSE);
            // it is in no prologue, so this interrupts nothing
            inner.close(false);
        }
    }

    /** Closes it where nothing has come from the client since its last answer, and that is long enough ago. */
    synchronized void endIfIdle() {
        if (idler != null && !isCut && System.nanoTime() - idleSinceNanos >= PAUSE.toNanos()) {
            isCut = true;
            idler.interrupt();
        }
    }

    private byte @Nullable [] next() {
        if (!inner.canInterrupt() || reader.available() > 0) {
            return line.next().orElse(null);
        }
        beginToIdle();
        try {
            return line.next().orElse(null);
        } finally {
            endToIdle();
        }
    }

    private synchronized void beginToIdle() {
        idler = Thread.currentThread();
        idleSinceNanos = System.nanoTime();
    }

    /** An interrupt that came too late is taken back: there is a request, and it is answered as the last one. */
    private synchronized void endToIdle() {
        idler = null;
        if (isCut) {
            boolean _ = Thread.interrupted();
        }
    }

    @Override
    public Duration idleTime() {
        return inner.idleTime();
    }

    /**
     * Helidon asks for it without an interrupt when the server stops and when the connection has been idle for minutes;
     * with one when nothing is waited for any more.
     */
    @Override
    public void close(boolean interrupt) {
        if (interrupt) {
            inner.close(true);
        } else {
            isEnding = true;
            endIfIdle();
        }
    }
}
