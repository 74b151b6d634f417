package io.tallystick.bench;

/** The server counted something else than was sent, or refused what it must take: the benchmark ends with 1. */
final class WrongFigureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongFigureException(String message) {
        super(message);
    }
}
