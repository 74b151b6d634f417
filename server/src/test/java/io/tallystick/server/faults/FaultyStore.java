package io.tallystick.server.faults;

import io.tallystick.usage.Block;
import io.tallystick.usage.UsageStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A store of usage that does its writing in another way. */
final class FaultyStore {
    private FaultyStore() {}

    /** What is done in another way. */
    interface Appending {
        UsageStore.Commit append(Block block);

        void identities(UsageStore.IdentityVisitor visitor);
    }

    /** Everything else is the store's own, whatever the port becomes. */
    static UsageStore of(UsageStore store, Appending appending) {
        return (UsageStore) Proxy.newProxyInstance(
                UsageStore.class.getClassLoader(),
                new Class<?>[] {UsageStore.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "append" -> appending.append((Block) arguments[0]);
                    case "identities" -> {
                        appending.identities((UsageStore.IdentityVisitor) arguments[0]);
                        yield null;
                    }
                    default -> {
                        try {
                            yield method.invoke(store, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getTargetException();
                        }
                    }
                });
    }
}
