package io.weir.traffic;

import io.weir.traffic.Catalogue.Product;
import io.weir.traffic.Payload.OrderLine;
import java.util.ArrayList;
import java.util.List;

/** What a shopper is about to buy; all of one merchant. */
final class Cart {
    static final int MOST_LINES = 4;

    private record Line(Product product, int quantity) {}

    private final List<Line> lines = new ArrayList<>(2);

    boolean isEmpty() {
        return lines.isEmpty();
    }

    int size() {
        return lines.size();
    }

    boolean takes(Product product) {
        return lines.isEmpty()
                || (lines.size() < MOST_LINES && first().merchant().equals(product.merchant()));
    }

    void add(Product product, int quantity) {
        lines.add(new Line(product, quantity));
    }

    Product first() {
        return lines.get(0).product();
    }

    Merchant merchant() {
        return first().merchant();
    }

    /** The sum of the lines in micros. */
    long valueMicros() {
        long sum = 0;
        for (Line line : lines) {
            sum += line.product().priceMicros() * line.quantity();
        }
        return sum;
    }

    List<OrderLine> orderLines() {
        return lines.stream()
                .map(line -> new OrderLine(
                        line.product().id(),
                        line.product().name(),
                        line.product().category(),
                        line.quantity(),
                        line.product().priceMicros()))
                .toList();
    }

    void clear() {
        lines.clear();
    }
}
