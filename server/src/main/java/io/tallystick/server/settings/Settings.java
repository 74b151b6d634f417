package io.tallystick.server.settings;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Everything that can be set, parsed once at the start and unchanged afterwards; docs/configuration.md lists it.
 *
 * @param listen where the server can be reached
 * @param data the data directory
 * @param dev development mode, which exists on loopback only
 * @param usage the usage store's share of the machine
 * @param intake what happens to measurements at the door
 * @param http limits of requests
 * @param billing what happens to bills by itself
 */
public record Settings(Listen listen, Path data, boolean dev, Usage usage, Intake intake, Http http, Billing billing) {
    /** Names the configuration file: a flag or a variable, but nothing in a file. */
    public static final String CONFIG = "config";

    /** Where the server can be reached; port 0 stands for any free one. */
    public record Listen(String bind, int port, Transport transport) {
        public Listen {
            KnownSettings.BIND.type().require(bind);
            KnownSettings.PORT.type().require(port);
        }

        /** Whether only this machine can call. Names other than localhost are not looked up and do not count. */
        boolean isLoopback() {
            if (bind.equals("localhost")) {
                return true;
            }
            try {
                return InetAddress.ofLiteral(bind).isLoopbackAddress();
            } catch (IllegalArgumentException isNoLiteral) {
                return false;
            }
        }
    }

    /** How bytes travel between client and server. */
    public sealed interface Transport {
        /** HTTP. */
        record Plain() implements Transport {}

        /** HTTPS with a certificate chain and its key, both PEM files. */
        record Tls(Path certificate, Path key) implements Transport {}
    }

    /** The usage store's share of the machine: bytes of memory, threads, and how long a question may take. */
    public record Usage(long memoryLimitBytes, int threads, Duration questionTimeout) {
        public Usage {
            KnownSettings.USAGE_MEMORY_LIMIT.type().require(memoryLimitBytes);
            KnownSettings.USAGE_THREADS.type().require(threads);
            KnownSettings.USAGE_QUESTION_TIMEOUT.type().require(questionTimeout);
        }
    }

    /**
     * What happens to measurements at the door.
     *
     * @param queueLimitEvents how many may wait for their commit
     * @param queueWait how long a request waits for room in the queue before it gets 429
     * @param futureLimit how far ahead of the clock a measurement may be
     * @param skeletonAccounts whether an unknown account code makes an account
     * @param identityMemoryBytes how much memory uids may take
     */
    public record Intake(
            int queueLimitEvents,
            Duration queueWait,
            Duration futureLimit,
            boolean skeletonAccounts,
            long identityMemoryBytes) {
        public Intake {
            KnownSettings.INTAKE_QUEUE_LIMIT.type().require(queueLimitEvents);
            KnownSettings.INTAKE_QUEUE_WAIT.type().require(queueWait);
            KnownSettings.INTAKE_FUTURE_LIMIT.type().require(futureLimit);
            KnownSettings.INTAKE_IDENTITY_MEMORY.type().require(identityMemoryBytes);
        }
    }

    /**
     * Limits of request bodies.
     *
     * @param bodyLimitBytes of /organizations/..., after decompression
     * @param inflatedLimitBytes of the other doors, after decompression
     * @param bodyTimeout how long one may take to arrive
     */
    public record Http(long bodyLimitBytes, long inflatedLimitBytes, Duration bodyTimeout) {
        public Http {
            KnownSettings.HTTP_BODY_LIMIT.type().require(bodyLimitBytes);
            KnownSettings.HTTP_INFLATED_LIMIT.type().require(inflatedLimitBytes);
            KnownSettings.HTTP_BODY_TIMEOUT.type().require(bodyTimeout);
        }
    }

    /** What happens to bills by itself: how often pending ones are calculated again. */
    public record Billing(Duration recalculateEvery) {
        public Billing {
            KnownSettings.BILLING_RECALCULATE_EVERY.type().require(recalculateEvery);
        }
    }

    public Settings {
        if (dev && !listen.isLoopback()) {
            throw new IllegalArgumentException(
                    "Expected a loopback address (127.0.0.1, ::1 or localhost) to bind to in development mode, but was '%s'"
                            .formatted(listen.bind()));
        }
    }

    /** The defaults, whatever the environment says. */
    public static Settings defaults() {
        return switch (read(Map.of(), Map.of())) {
            case SettingsAnswer.Complete complete -> complete.settings();
            case SettingsAnswer.Faulty faulty -> throw new IllegalStateException(String.join("\n", faulty.faults()));
        };
    }

    /**
     * Reads settings: a flag wins over a variable, a variable over the configuration file, the file over the default.
     *
     * @param flags values by key ({@code port}, not {@code --port}); {@code config} names the configuration file
     * @param environment all variables of the process; those without our prefix are ignored
     */
    public static SettingsAnswer read(Map<String, String> flags, Map<String, String> environment) {
        return SettingsReader.read(flags, environment);
    }

    /** The same settings with another data directory. */
    public Settings withData(Path otherData) {
        return new Settings(listen, otherData, dev, usage, intake, http, billing);
    }

    /** The same settings on another port; 0 stands for any free one. */
    public Settings withPort(int port) {
        return new Settings(
                new Listen(listen.bind(), port, listen.transport()), data, dev, usage, intake, http, billing);
    }

    /** The same settings in development mode. */
    public Settings inDevelopment() {
        return new Settings(listen, data, true, usage, intake, http, billing);
    }
}
