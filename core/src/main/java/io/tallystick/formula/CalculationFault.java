package io.tallystick.formula;

/**
 * Carries an {@link Evaluated.CalculationError} out of the recursion of {@link Node} to {@link Formula#evaluate}, and no
 * further: so the path of a good measurement hands plain numbers from node to node. Without a stack trace: a batch of
 * measurements with a hole in each would pay for a thousand of them.
 */
final class CalculationFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String message;

    CalculationFault(String message) {
        super(message, null, false, false);
        this.message = message;
    }

    String message() {
        return message;
    }
}
