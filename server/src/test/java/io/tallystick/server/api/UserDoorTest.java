package io.tallystick.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.server.access.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(LiveServer.Extension.class)
final class UserDoorTest {
    private final Visitor visitor;

    UserDoorTest(Visitor visitor) {
        this.visitor = visitor;
    }

    @Test
    void tellsEveryKeyWhoseItIs(LiveServer server) {
        for (Role role : Role.values()) {
            Visitor holder = server.visitor(visitor.organization(), role);

            Reply me = holder.get("/users/me").ok();

            assertThat(me.at("organization.id")).isEqualTo(visitor.organization());
            assertThat(me.at("organization.name")).startsWith("test ");
            assertThat(me.at("serviceUser.id")).isEqualTo(holder.keyId());
            assertThat(me.at("serviceUser.role")).isEqualTo(role.name());
            assertThat(me.at("user")).isEqualTo("absent");
            assertThat(me.text()).doesNotContain("secretHash", "apiKeyHash");
        }
        server.visitor(Role.ADMIN)
                .send(visitor.bare("/organizations/" + visitor.organization() + "/users/me"))
                .refused(401, "unauthorized");
    }
}
