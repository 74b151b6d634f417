package io.tallystick.server.app;

import io.helidon.webserver.http.HttpRouting;
import io.tallystick.billing.Biller;
import io.tallystick.billing.correction.LateUsage;
import io.tallystick.document.Documents;
import io.tallystick.document.DocumentsUnavailable;
import io.tallystick.document.Listing;
import io.tallystick.id.OrganizationId;
import io.tallystick.server.access.Access;
import io.tallystick.server.access.Organization;
import io.tallystick.server.api.Api;
import io.tallystick.server.api.billing.BillJobs;
import io.tallystick.server.http.Bodies;
import io.tallystick.server.metrics.Histogram;
import io.tallystick.server.settings.Settings;
import io.tallystick.server.store.duckdb.DuckDbSettings;
import io.tallystick.server.store.duckdb.DuckDbUsageStore;
import io.tallystick.server.store.sqlite.SqliteDocuments;
import io.tallystick.usage.UsageStore;
import io.tallystick.usage.intake.IdentityBudget;
import io.tallystick.usage.intake.Intake;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything between the data directory and the routes, opened and closed in one place: stores first, then what works
 * on them, then the doors.
 */
final class House implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(House.class);

    /** Elements after which a commit takes no further request: beyond it a commit gets longer, not better. */
    private static final int BLOCK_MAX = 50_000;

    private static final int QUESTION_THREADS = 2;
    private static final int QUESTIONS_WAITING_MAX = 1000;
    private static final int MIB = 1 << 20;

    private final Deque<AutoCloseable> opened;
    private final Api api;
    private final Intake intake;
    private final AtomicBoolean isTakingIn;

    /**
     * What a test may put under the house in place of the real thing.
     *
     * @param usageStore opens the store of usage
     */
    record Outside(Function<DuckDbSettings, ? extends UsageStore> usageStore, InstantSource clock) {
        static final Outside REAL = new Outside(DuckDbUsageStore::open, InstantSource.system());
    }

    private record Stores(SqliteDocuments documents, UsageStore usage) {}

    private House(Deque<AutoCloseable> opened, Api api, Intake intake, AtomicBoolean isTakingIn) {
        this.opened = opened;
        this.api = api;
        this.intake = intake;
        this.isTakingIn = isTakingIn;
    }

    /**
     * Opens what the server is made of; what was opened is closed again where a later part fails.
     *
     * @param outside what it stands on
     */
    static House open(Settings settings, DataDirectory directory, Outside outside) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        boolean isOpen = false;
        try {
            DuckDbSettings usageSettings = usageSettings(settings, directory);
            // the order of the first start: documents, usage, then the first organization
            requireDocuments(directory.path().resolve(SqliteDocuments.FILE_NAME), usageSettings.file());
            SqliteDocuments documents = SqliteDocuments.open(directory.path(), Codecs.all());
            opened.push(documents);
            requireUsage(documents, usageSettings.file());
            UsageStore usage = outside.usageStore().apply(usageSettings);
            opened.push(usage);
            House house = open(settings, directory, outside.clock(), new Stores(documents, usage), opened);
            isOpen = true;
            return house;
        } finally {
            if (!isOpen) {
                closeAll(opened);
            }
        }
    }

    private static House open(
            Settings settings,
            DataDirectory directory,
            InstantSource clock,
            Stores stores,
            Deque<AutoCloseable> opened) {
        SqliteDocuments documents = stores.documents();
        UsageStore usage = stores.usage();
        Access access = new Access(documents, TokenSecret.of(directory.path()), clock);
        FirstCredentials.ensure(access, settings.dev());

        Histogram commits = new Histogram();
        Intake intake = new Intake(
                usage,
                new Intake.Limits(
                        settings.intake().queueLimitEvents(),
                        BLOCK_MAX,
                        settings.intake().queueWait(),
                        settings.intake().identityMemoryBytes()),
                new LoggingWatch(commits));
        Bodies bodies =
                Bodies.inHeap(settings.intake().queueWait(), settings.http().bodyTimeout());
        opened.push(bodies);
        AtomicBoolean isTakingIn = new AtomicBoolean(true);
        Thread.ofPlatform().name("tallystick-intake").daemon(true).start(() -> serve(intake, isTakingIn));
        opened.push(intake);
        BillJobs jobs = new BillJobs(
                documents,
                new Biller(documents, usage, () -> UUID.randomUUID().toString(), ForkJoinPool.commonPool())
                        .correctedBy(new LateUsage(documents, usage)),
                clock);
        opened.push(jobs);
        access.organizations()
                .forEach(organization ->
                        jobs.resume(new OrganizationId(organization.id().value())));
        jobs.recalculateEvery(settings.billing().recalculateEvery(), () -> access.organizations().stream()
                .map(organization -> new OrganizationId(organization.id().value())));
        return new House(
                opened,
                new Api(
                        new Api.Parts(documents, usage, intake, jobs, access, commits),
                        new Api.Limits(
                                Math.toIntExact(settings.http().bodyLimitBytes()),
                                settings.intake().futureLimit(),
                                settings.intake().skeletonAccounts(),
                                bodies),
                        clock),
                intake,
                isTakingIn);
    }

    private static void requireDocuments(Path documents, Path usage) {
        if (isThere(usage) && !isThere(documents)) {
            throw new DocumentsUnavailable(missing(documents, usage));
        }
    }

    private static void requireUsage(Documents documents, Path usage) {
        boolean hasOrganizations = !documents
                .list(Listing.newest(Organization.KIND, Organization.SYSTEM, 1))
                .documents()
                .isEmpty();
        if (hasOrganizations && !isThere(usage)) {
            throw new UsageStore.Unavailable(missing(usage, usage.resolveSibling(SqliteDocuments.FILE_NAME)));
        }
    }

    private static boolean isThere(Path file) {
        return file.toFile().length() > 0;
    }

    private static String missing(Path file, Path other) {
        return "Expected %s beside %s, but it is missing or empty. Put it back, or restore a backup of the whole directory (docs/recovery.md); a new one would begin without what was in it."
                .formatted(file, other);
    }

    /** The life of the intake's thread. It ends when the intake is closed; before that, only if something broke. */
    private static void serve(Intake intake, AtomicBoolean isTakingIn) {
        try {
            intake.serve();
        } catch (RuntimeException e) {
            LOG.error(
                    "event=intake_ended outcome=measurements_are_refused_until_a_restart reason=\"{}\"",
                    e.getMessage(),
                    e);
        } finally {
            isTakingIn.set(false);
        }
    }

    /** Whether measurements can be taken in: a server that cannot is not ready. */
    boolean isTakingIn() {
        return isTakingIn.get() && intake.isStoreUsable();
    }

    /** What uids take of the memory they may. */
    IdentityBudget identityBudget() {
        return intake.identityBudget();
    }

    /** Adds the routes of every door. */
    void route(HttpRouting.Builder routing) {
        api.route(routing);
    }

    /** Closes everything in the opposite order. No request is under way any more. */
    @Override
    public void close() {
        closeAll(opened);
    }

    private static void closeAll(Deque<AutoCloseable> opened) {
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                // the parts below it still have to be closed
                LOG.error("event=not_closed part={}", part.getClass().getSimpleName(), e);
            }
        }
    }

    private static DuckDbSettings usageSettings(Settings settings, DataDirectory directory) {
        return new DuckDbSettings(
                directory.path().resolve("usage.duckdb"),
                DataDirectory.temporary(directory.path()),
                Math.toIntExact(settings.usage().memoryLimitBytes() / MIB),
                settings.usage().threads(),
                QUESTION_THREADS,
                QUESTIONS_WAITING_MAX,
                settings.usage().questionTimeout());
    }
}
