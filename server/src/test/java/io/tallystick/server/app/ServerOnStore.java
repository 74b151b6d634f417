package io.tallystick.server.app;

import io.tallystick.server.settings.Settings;
import io.tallystick.server.store.duckdb.DuckDbUsageStore;
import io.tallystick.usage.UsageStore;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** The whole server with something between it and its store of usage, or with another clock. */
public final class ServerOnStore {
    private ServerOnStore() {}

    public static Start start(Settings settings, UnaryOperator<UsageStore> between) {
        return Server.start(
                settings,
                _ -> {},
                new House.Outside(usage -> between.apply(DuckDbUsageStore.open(usage)), House.Outside.REAL.clock()));
    }

    public static Start start(Settings settings, InstantSource clock) {
        return Server.start(settings, _ -> {}, new House.Outside(House.Outside.REAL.usageStore(), clock));
    }
}
