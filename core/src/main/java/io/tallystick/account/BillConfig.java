package io.tallystick.account;

import io.tallystick.document.Kind;
import io.tallystick.document.Reading;
import io.tallystick.id.Id;
import io.tallystick.id.OrganizationId;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What holds for all bills of an organization. Source: m3ter API, BillConfig.
 *
 * @param lockDate the books are closed before it: bills dated earlier are locked, and none is made there; absent: open
 */
public record BillConfig(Optional<LocalDate> lockDate) {
    public static final Kind<BillConfig> KIND = Kind.of("billconfig", BillConfig.class);

    /** There is one in each organization. */
    public static final Id<BillConfig> ID = new Id<>("billconfig");

    /** Before anybody has said anything. */
    public static final BillConfig OPEN = new BillConfig(Optional.empty());

    public static BillConfig of(Reading reading, OrganizationId organization) {
        return reading.find(KIND, organization, ID)
                .map(document -> document.content())
                .orElse(OPEN);
    }

    /** Whether the books are closed for bills of a date. The lock date itself is open. */
    public boolean isClosed(LocalDate billDate) {
        return lockDate.map(billDate::isBefore).orElse(false);
    }
}
