package io.tallystick.server.proof;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A measurement as a client knows it.
 *
 * @param numbers as sent, by field; the door keeps 12 places of them
 */
public record Sample(
        Optional<String> uid,
        String meter,
        String account,
        Instant at,
        Map<String, BigDecimal> numbers,
        Map<String, String> texts) {
    private static final int PLACES = 12;

    /** The number that counts. */
    public BigDecimal number(String field) {
        BigDecimal sent = requireNonNull(numbers.get(field));
        return sent.scale() > PLACES ? sent.setScale(PLACES, RoundingMode.HALF_EVEN) : sent;
    }

    /** The measurement as JSON, in one of the many ways to say the same. */
    public String json(RandomGenerator random) {
        List<String> members = new ArrayList<>(List.of(
                member("meter", quoted(meter)),
                member("account", quoted(account)),
                member("ts", quoted(time(random))),
                member("measure", measure(random))));
        uid.ifPresent(known -> members.add(member("uid", quoted(known))));
        if (!texts.isEmpty()) {
            members.add(member(
                    "what",
                    object(texts.entrySet().stream()
                            .map(text -> member(text.getKey(), quoted(text.getValue())))
                            .toList())));
        }
        return object(shuffled(members, random));
    }

    /** The same identity with something else in it. */
    public Sample withOtherContent(RandomGenerator random) {
        if (random.nextBoolean()) {
            return new Sample(uid, meter, account, at.plusNanos(1_000), numbers, texts);
        }
        return plus(BigDecimal.ONE);
    }

    /** The same identity with something added to every number. */
    public Sample plus(BigDecimal more) {
        Map<String, BigDecimal> others = new LinkedHashMap<>(numbers);
        others.replaceAll((field, number) -> number.add(more));
        return new Sample(uid, meter, account, at, others, texts);
    }

    /** The same identity in an element that the door has to refuse. */
    public String malformed(RandomGenerator random) {
        List<String> members = new ArrayList<>(List.of(
                member("account", quoted(account)),
                member("ts", quoted(at.toString())),
                member("uid", quoted(uid.orElseThrow()))));
        switch (random.nextInt(4)) {
            case 0 -> members.add(member("measure", measure(random)));
            case 1 -> members.addAll(List.of(member("meter", quoted(meter)), member("measure", "{}")));
            case 2 ->
                members.addAll(List.of(member("meter", quoted("no such meter")), member("measure", measure(random))));
            default -> {
                members.set(1, member("ts", quoted("yesterday")));
                members.addAll(List.of(member("meter", quoted(meter)), member("measure", measure(random))));
            }
        }
        return object(members);
    }

    private String measure(RandomGenerator random) {
        List<String> members = numbers.entrySet().stream()
                .map(number -> member(number.getKey(), spelled(number.getValue(), random)))
                .collect(Collectors.toCollection(ArrayList::new));
        return object(shuffled(members, random));
    }

    private String time(RandomGenerator random) {
        return at.atOffset(ZoneOffset.ofTotalSeconds((random.nextInt(48) - 24) * 1800))
                .toString();
    }

    /** 1, 1.0, 10e-1. */
    private static String spelled(BigDecimal number, RandomGenerator random) {
        return switch (random.nextInt(3)) {
            case 0 -> number.toPlainString();
            case 1 -> number.setScale(Math.max(0, number.scale()) + 1).toPlainString();
            default -> number.unscaledValue() + "E" + -number.scale();
        };
    }

    public static <T> List<T> shuffled(List<T> list, RandomGenerator random) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, Random.from(random));
        return copy;
    }

    private static String object(List<String> members) {
        return "{" + String.join(",", members) + "}";
    }

    private static String member(String name, String value) {
        return quoted(name) + ":" + value;
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
