package io.tallystick.server.api;

import io.helidon.webserver.http.HttpRouting;
import io.tallystick.account.Account;
import io.tallystick.billing.Bill;
import io.tallystick.billing.Biller;
import io.tallystick.billing.correction.ManualLine;
import io.tallystick.document.Documents;
import io.tallystick.document.Revision.Change;
import io.tallystick.server.access.Access;
import io.tallystick.server.access.Role;
import io.tallystick.server.api.billing.ApprovalDoor;
import io.tallystick.server.api.billing.BillConfigDoor;
import io.tallystick.server.api.billing.BillDoor;
import io.tallystick.server.api.billing.BillJobDoor;
import io.tallystick.server.api.billing.BillJobs;
import io.tallystick.server.api.billing.ExplainDoor;
import io.tallystick.server.api.billing.ManualLineDoor;
import io.tallystick.server.api.billing.PreviewDoor;
import io.tallystick.server.api.organization.OrganizationConfigDoor;
import io.tallystick.server.api.resource.Resource;
import io.tallystick.server.api.resource.ResourceDoor;
import io.tallystick.server.api.search.SearchDoor;
import io.tallystick.server.api.usage.ConflictsDoor;
import io.tallystick.server.api.usage.Directory;
import io.tallystick.server.api.usage.FailedIngestDoor;
import io.tallystick.server.api.usage.IntakeHealth;
import io.tallystick.server.api.usage.MeasurementsDoor;
import io.tallystick.server.api.usage.RefusedDoor;
import io.tallystick.server.api.usage.RetryDoor;
import io.tallystick.server.api.usage.UsageDoor;
import io.tallystick.server.http.Bodies;
import io.tallystick.server.http.Guard;
import io.tallystick.server.http.Routes;
import io.tallystick.server.metrics.Exposition;
import io.tallystick.server.metrics.Histogram;
import io.tallystick.server.metrics.Requests;
import io.tallystick.usage.UsageStore;
import io.tallystick.usage.intake.Intake;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Every path of m3ter's API that this house answers. */
public final class Api {
    private static final String ORGANIZATION = "/organizations/{orgId}";

    private final Parts parts;
    private final Limits limits;
    private final Guard guard;

    /**
     * What stands behind the door.
     *
     * @param documents everything but usage
     * @param usage questions go here
     * @param intake measurements go here
     * @param jobs bill jobs go here
     * @param access who may come in
     * @param commits how long the intake's blocks took
     */
    public record Parts(
            Documents documents, UsageStore usage, Intake intake, BillJobs jobs, Access access, Histogram commits) {}

    /**
     * What the door lets in.
     *
     * @param measurementBytesMax of a body of measurements, unpacked
     * @param aheadMax how far ahead of now an event may be
     * @param makesSkeletons whether an unknown account code makes an account
     * @param bodies how much of all bodies together, and for how long
     */
    public record Limits(int measurementBytesMax, Duration aheadMax, boolean makesSkeletons, Bodies bodies) {}

    public Api(Parts parts, Limits limits, InstantSource clock) {
        this.parts = parts;
        this.limits = limits;
        this.guard = new Guard(parts.access(), clock, limits.bodies());
    }

    public void route(HttpRouting.Builder routing) {
        Directory directory = new Directory(parts.documents(), limits.makesSkeletons());
        TokenDoor tokens = new TokenDoor(parts.access());
        MeasurementsDoor measurements = new MeasurementsDoor(
                parts.intake(),
                directory,
                new MeasurementsDoor.Limits(limits.measurementBytesMax(), limits.aheadMax()));
        UsageDoor usage = new UsageDoor(parts.documents(), parts.usage());
        RefusedDoor refused = new RefusedDoor(parts.usage());
        ConflictsDoor conflicts = new ConflictsDoor(parts.documents(), parts.usage());
        FailedIngestDoor failed = new FailedIngestDoor(parts.usage(), parts.access());
        RetryDoor retries = new RetryDoor(parts.usage(), parts.intake(), measurements);
        // the most frequent first: routes are tried in their order
        Requests requests = new Requests();
        IntakeHealth health = new IntakeHealth(parts.documents(), parts.intake(), parts.commits(), requests);
        Routes routes = new Routes(routing, guard, requests)
                .post(ORGANIZATION + "/measurements", Role.INGEST, measurements::submit)
                .postOpen("/oauth/token", tokens::exchange)
                .post(ORGANIZATION + "/usage/query", Role.READ, usage::query)
                .get(ORGANIZATION + "/measurements/health", Role.READ, health::show)
                .getText(
                        "/metrics",
                        Exposition.CONTENT_TYPE,
                        Role.READ,
                        caller -> health.exposition(caller.organization()))
                .get(ORGANIZATION + "/measurements/refused", Role.READ, refused::list)
                .post(ORGANIZATION + "/measurements/refused/retry", Role.ADMIN, retries::retry)
                .get(ORGANIZATION + "/measurements/conflicts", Role.READ, conflicts::list)
                .get(ORGANIZATION + "/measurements/failedIngest/getDownloadUrl", Role.READ, failed::downloadUrl)
                .getOpen(ORGANIZATION + "/measurements/failedIngest/file", failed::file)
                .getAnyRole(ORGANIZATION + "/users/me", new UserDoor(parts.access())::me);
        routeSearch(routes);
        List<Resource<?>> resources = Resources.all(parts.documents(), parts.usage());
        resources.forEach(resource -> route(routes, resource, directory));
        routeBilling(routes);
        routeEvents(routes, resources);
        routes.refuseTheRest();
    }

    /** Before the paths that end with an id, of which "search" would be one. */
    private void routeSearch(Routes routes) {
        Documents documents = parts.documents();
        SearchDoor<Account> accounts =
                new SearchDoor<>(Resources.accountsOnly(documents, parts.usage()), Account.FACETS, documents);
        SearchDoor<Bill> bills = new SearchDoor<>(BillDoor.RESOURCE, Bill.FACETS, documents);
        routes.get(ORGANIZATION + "/accounts/search", Role.READ, accounts::search)
                .get(ORGANIZATION + "/bills/search", Role.READ, bills::search);
    }

    private <T> void route(Routes routes, Resource<T> resource, Directory directory) {
        ResourceDoor<T> door = new ResourceDoor<>(
                resource, parts.documents(), () -> UUID.randomUUID().toString(), directory::forget);
        String all = ORGANIZATION + "/" + resource.path();
        String one = all + "/{id}";
        routes.get(all, Role.READ, door::list)
                .post(all, Role.ADMIN, door::create)
                .get(one, Role.READ, door::get)
                .put(one, Role.ADMIN, door::replace)
                .delete(one, Role.ADMIN, door::delete)
                .get(one + "/revisions", Role.READ, door::revisions);
    }

    private void routeEvents(Routes routes, List<Resource<?>> resources) {
        Stream<EventKind<?>> configuration = resources.stream().map(EventKind::configuration);
        Stream<EventKind<?>> others = Stream.of(
                EventKind.singleConfiguration(Resources.ORGANIZATION_CONFIG),
                EventKind.billing(BillDoor.RESOURCE, Set.of(Change.values())),
                EventKind.billing(ManualLineDoor.CREDITS, Set.of(Change.values())),
                EventKind.billing(ManualLineDoor.DEBITS, Set.of(Change.values())),
                EventKind.billing(BillJobDoor.RESOURCE, Set.of(Change.CREATED, Change.REPLACED)));
        EventsDoor events = new EventsDoor(
                parts.documents(),
                parts.usage(),
                Stream.concat(configuration, others).toList());
        routes.get(ORGANIZATION + "/events", Role.READ, events::list)
                .get(ORGANIZATION + "/events/types", Role.READ, events::types)
                .get(ORGANIZATION + "/events/fields", Role.READ, events::fields)
                .get(ORGANIZATION + "/events/{id}", Role.READ, events::get);
    }

    private void routeBilling(Routes routes) {
        BillJobDoor jobs = new BillJobDoor(parts.documents(), parts.jobs());
        BillDoor bills = new BillDoor(parts.documents());
        PreviewDoor previews =
                new PreviewDoor(parts.documents(), new Biller(parts.documents(), parts.usage(), () -> UUID.randomUUID()
                        .toString()));
        ExplainDoor explanations = new ExplainDoor(parts.documents(), parts.usage());
        ApprovalDoor approvals = new ApprovalDoor(parts.documents());
        BillConfigDoor books = new BillConfigDoor(parts.documents());
        OrganizationConfigDoor config =
                new OrganizationConfigDoor(parts.documents(), Resources.ORGANIZATION_CONFIG::write);
        routes.get(ORGANIZATION + "/organizationconfig", Role.READ, config::get)
                .put(ORGANIZATION + "/organizationconfig", Role.ADMIN, config::replace)
                .post(ORGANIZATION + "/billjobs", Role.ADMIN, jobs::create)
                .post(ORGANIZATION + "/billjobs/recalculate", Role.ADMIN, jobs::recalculate)
                .get(ORGANIZATION + "/billjobs", Role.READ, jobs::list)
                .get(ORGANIZATION + "/billjobs/{id}", Role.READ, jobs::get)
                .post(ORGANIZATION + "/billjobs/{id}/cancel", Role.ADMIN, jobs::cancel)
                .get(ORGANIZATION + "/bills", Role.READ, bills::list)
                .get(ORGANIZATION + "/bills/latest/{id}", Role.READ, bills::latest)
                .get(ORGANIZATION + "/bills/{id}", Role.READ, bills::get)
                .get(ORGANIZATION + "/bills/{id}/lineitems", Role.READ, bills::lineItems)
                .get(ORGANIZATION + "/bills/{id}/lineitems/{lineId}", Role.READ, bills::lineItem)
                .post(ORGANIZATION + "/bills/preview", Role.READ, previews::preview)
                .get(ORGANIZATION + "/bills/{id}/lineitems/{lineId}/explain", Role.READ, explanations::explain)
                .post(ORGANIZATION + "/bills/approve", Role.ADMIN, approvals::approve)
                .put(ORGANIZATION + "/bills/{id}/status", Role.ADMIN, approvals::status)
                .put(ORGANIZATION + "/bills/{id}/lock", Role.ADMIN, approvals::lock)
                .delete(ORGANIZATION + "/bills/{id}", Role.ADMIN, approvals::delete)
                .get(ORGANIZATION + "/billconfig", Role.READ, books::get)
                .put(ORGANIZATION + "/billconfig", Role.ADMIN, books::replace);
        routeManualLines(routes, ManualLineDoor.CREDITS, ManualLineDoor.credits(parts.documents()));
        routeManualLines(routes, ManualLineDoor.DEBITS, ManualLineDoor.debits(parts.documents()));
    }

    private static void routeManualLines(Routes routes, Resource<ManualLine> resource, ManualLineDoor door) {
        String all = ORGANIZATION + "/bills/{id}/" + resource.path();
        String one = all + "/{lineId}";
        routes.get(all, Role.READ, door::list)
                .post(all, Role.ADMIN, door::create)
                .get(one, Role.READ, door::get)
                .put(one, Role.ADMIN, door::replace)
                .delete(one, Role.ADMIN, door::delete);
    }
}
