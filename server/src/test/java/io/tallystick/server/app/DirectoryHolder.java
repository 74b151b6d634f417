package io.tallystick.server.app;

import java.io.IOException;
import java.nio.file.Path;

/** A process that opens a data directory, says what came of it and holds it until its input ends. */
final class DirectoryHolder {
    private DirectoryHolder() {}

    public static void main(String... arguments) throws IOException {
        switch (DataDirectory.open(Path.of(arguments[0]))) {
            case DataDirectory.Opening.Refused refused -> System.out.println(refused.reason());
            case DataDirectory.Opening.Opened opened -> {
                try (DataDirectory directory = opened.directory()) {
                    System.out.println("holding " + directory.path());
                    System.in.transferTo(System.out);
                }
            }
        }
    }
}
