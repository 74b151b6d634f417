package io.tallystick.planted.world.gadabout;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fault: reads a disk and a socket. */
final class Reader {
    String disk(Path path) throws IOException {
        return Files.readString(path);
    }

    boolean network(Socket socket) {
        return socket.isConnected();
    }
}
