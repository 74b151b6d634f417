package io.tallystick.server.settings;

import io.tallystick.server.settings.Setting.Flag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every setting there is. A new one is a constant here and a component of {@link Settings}; the rest follows. */
public final class KnownSettings {
    public static final Setting<Integer> PORT = new Setting<>(
            "port",
            new Flag.Valued("N"),
            SettingType.wholeNumber(0, 65_535, "a port number"),
            Optional.of("8080"),
            "The port to listen on; 0 takes any free one, which the ready line tells.",
            "The start says that the address is in use, or clients get 'connection refused'.");

    static final Setting<String> BIND = new Setting<>(
            "bind",
            new Flag.Valued("ADDRESS"),
            SettingType.address(),
            Optional.of("127.0.0.1"),
            "The address to listen on; 0.0.0.0 is every IPv4 address of the machine.",
            "Other machines get 'connection refused' (loopback only), or machines can call that never should (0.0.0.0).");

    public static final Setting<Path> DATA = new Setting<>(
            "data",
            new Flag.Valued("DIR"),
            SettingType.path("a directory"),
            Optional.of("./data"),
            "The directory that holds everything: usage, documents, secrets, temporary files.",
            "The server starts empty because it looks into another directory, or refuses to start.");

    static final Setting<Boolean> DEV = new Setting<>(
            "dev",
            new Flag.Switch(),
            SettingType.trueOrFalse(),
            Optional.of("false"),
            "Development mode: fixed, publicly known credentials; loopback only.",
            "Tokens made with the development keys get 401 (false), or a start on a public address is refused (true).");

    static final Setting<Path> TLS_CERT = new Setting<>(
            "tls-cert",
            new Flag.Valued("FILE"),
            SettingType.path("a PEM file"),
            Optional.empty(),
            "The PEM file with the server's certificate and its chain; with tls-key it makes the server speak HTTPS.",
            "The start is refused, or clients do not trust the certificate.");

    static final Setting<Path> TLS_KEY = new Setting<>(
            "tls-key",
            new Flag.Valued("FILE"),
            SettingType.path("a PEM file"),
            Optional.empty(),
            "The PEM file with the private key of tls-cert, unencrypted PKCS#8.",
            "The start is refused.");

    static final Setting<Long> USAGE_MEMORY_LIMIT = new Setting<>(
            "usage.memory-limit",
            new Flag.Unspoken(),
            SettingType.size("64MB", "1024GB"),
            Optional.of("512MB"),
            "How much memory the usage store may take before it works on disk.",
            "Large questions are slow and write to the temporary directory (too low); the process is killed for memory (too high).");

    static final Setting<Integer> USAGE_THREADS = new Setting<>(
            "usage.threads",
            new Flag.Unspoken(),
            SettingType.wholeNumber(1, 256, "a number of threads"),
            Optional.of("2"),
            "How many threads questions about usage may compute with while nothing floods in; otherwise, and for commits, it is one.",
            "Questions leave cores idle (too low), or hinder one another (more than cores).");

    static final Setting<Duration> USAGE_QUESTION_TIMEOUT = new Setting<>(
            "usage.question-timeout",
            new Flag.Unspoken(),
            SettingType.duration("1s", "1h"),
            Optional.of("30s"),
            "How long a question about usage may take, its waiting for others included.",
            "400 too_slow for questions about long periods (too low), or a few heavy questions keep all others waiting (too high).");

    static final Setting<Integer> INTAKE_QUEUE_LIMIT = new Setting<>(
            "intake.queue-limit",
            new Flag.Unspoken(),
            SettingType.wholeNumber(1_000, 10_000_000, "a number of events"),
            Optional.of("100000"),
            "How many events may wait for their commit before further requests have to wait.",
            "Bursts get 429 (too low), or memory grows under load by about 1 kB an event (too high).");

    static final Setting<Duration> INTAKE_QUEUE_WAIT = new Setting<>(
            "intake.queue-wait",
            new Flag.Unspoken(),
            SettingType.duration("0s", "5m"),
            Optional.of("10s"),
            "How long a request waits for room in a full queue before it gets 429.",
            "429 during short bursts (too low), or clients give up before they get an answer (too high).");

    static final Setting<Duration> INTAKE_FUTURE_LIMIT = new Setting<>(
            "intake.future-limit",
            new Flag.Unspoken(),
            SettingType.duration("0s", "366d"),
            Optional.of("24h"),
            "How far ahead of the server's clock a measurement's time may be.",
            "Measurements of clients with a fast clock are refused (too low), or typing errors in years are billed (too high).");

    static final Setting<Boolean> INTAKE_SKELETON_ACCOUNTS = new Setting<>(
            "intake.skeleton-accounts",
            new Flag.Unspoken(),
            SettingType.trueOrFalse(),
            Optional.of("true"),
            "Whether a measurement with an unknown account code makes an account for it.",
            "Misspelled codes become accounts (true), or usage that comes before its account is refused (false).");

    static final Setting<Long> INTAKE_IDENTITY_MEMORY = new Setting<>(
            "intake.identity-memory",
            new Flag.Unspoken(),
            SettingType.size("64kB", "1024GB"),
            Optional.of("3GB"),
            "How much memory, outside the heap, uids may take: about 26 bytes each, so 3GB are 115 million.",
            "503 identity_budget_reached for new measurements (too low), or the process is killed for memory (too high).");

    static final Setting<Long> HTTP_BODY_LIMIT = new Setting<>(
            "http.body-limit",
            new Flag.Unspoken(),
            SettingType.size("1kB", "1GiB"),
            Optional.of("512kB"),
            "The largest body that /organizations/... takes, counted after decompression.",
            "413 for batches that m3ter takes (too low), or one request takes much memory (too high).");

    static final Setting<Long> HTTP_INFLATED_LIMIT = new Setting<>(
            "http.inflated-limit",
            new Flag.Unspoken(),
            SettingType.size("1kB", "1GiB"),
            Optional.of("16MiB"),
            "The largest body that the other doors take, counted after decompression.",
            "413 for large batches (too low), or a compressed body exhausts the memory (too high).");

    static final Setting<Duration> HTTP_BODY_TIMEOUT = new Setting<>(
            "http.body-timeout",
            new Flag.Unspoken(),
            SettingType.duration("1s", "1h"),
            Optional.of("60s"),
            "How long the body of a request may take to arrive; the connection of one that takes longer is closed.",
            "Clients with a slow line are cut off (too low), or stalled clients hold room for bodies (too high).");

    static final Setting<Duration> BILLING_RECALCULATE_EVERY = new Setting<>(
            "billing.recalculate-every",
            new Flag.Unspoken(),
            SettingType.duration("1s", "366d"),
            Optional.of("1h"),
            "How often pending bills are calculated again if measurements have arrived since.",
            "Pending bills lack the latest usage (too high), or every calculation takes its time from other work (too low).");

    public static final List<Setting<?>> ALL = List.of(
            PORT,
            BIND,
            DATA,
            DEV,
            TLS_CERT,
            TLS_KEY,
            USAGE_MEMORY_LIMIT,
            USAGE_THREADS,
            USAGE_QUESTION_TIMEOUT,
            INTAKE_QUEUE_LIMIT,
            INTAKE_QUEUE_WAIT,
            INTAKE_FUTURE_LIMIT,
            INTAKE_SKELETON_ACCOUNTS,
            INTAKE_IDENTITY_MEMORY,
            HTTP_BODY_LIMIT,
            HTTP_INFLATED_LIMIT,
            HTTP_BODY_TIMEOUT,
            BILLING_RECALCULATE_EVERY);

    private KnownSettings() {}
}
