package dev.nabla.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.expression.MemoryBudget;
import dev.nabla.expression.MemoryBudget.Place;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/**
 * What requests of the largest kinds say that they hold of the heap, next to what they hold: that is looked at again and again,
 * each time after a collection. A part of the largest sizes, or all of them with {@code -Dcampaign=1}.
 */
@TestPropertySource(properties = {"nabla.max-request-work=1h", "nabla.max-request-time=10m", "nabla.max-print-size=100000000",
    "nabla.max-request-memory=4GB", "spring.datasource.url=jdbc:h2:file:./target/held/${random.uuid};MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
            + "DEFAULT_NULL_ORDERING=HIGH;CACHE_SIZE=1024"})
@Isolated("what others hold of the same heap would be counted")
class HeldMemoryTest extends HttpTest {

    private static final boolean ALL = System.getProperty("campaign") != null;
    /** What is not said, however large the request is. */
    private static final long ALWAYS = 16 << 20;
    private static final String NETWORK = "{\"inputs\": [\"x\"], \"outputs\": [\"y\"], \"layers\": [{\"units\": 8}, {\"units\": 1}]}";

    @Autowired
    private MemoryBudget memory;

    /** The largest of what can be asked for. */
    enum Kind {
        JSON_ROWS("/v1/datasets", size -> "{\"inputs\": [" + "[0],".repeat(size * 1_000_000) + "[0]]}", 2, 8),
        JSON_NUMBERS("/v1/datasets", size -> "{\"inputs\": [" + ("[" + "0.123456,".repeat(99) + "1],").repeat(size * 10_000)
                + "[" + "0,".repeat(99) + "1]]}", 4, 7),
        CSV("/v1/datasets/csv?inputs=a&targets=b", size -> "a,b\n" + "1,2\n".repeat(size * 1_000_000), 3, 9),
        GRID("/v1/datasets", size -> "{\"grid\": {\"x\": {\"from\": 0, \"to\": " + size + ", \"step\": 1e-6}}, "
                + "\"targets\": {\"y\": \"sin(x)\"}}", 2, 5),
        HESSIAN("/v1/evaluations", size -> hessian(size * 100), 10, 20),
        MANY_ROWS("/v1/evaluations", size -> "{\"network\": " + NETWORK + ", \"equations\": [\"y\", \"D(y, x)\"], \"parameters\": "
                + "{\"L1\": {\"W\": [" + "[1],".repeat(7) + "[1]], \"b\": [" + "0,".repeat(7) + "0]}, \"L2\": {\"W\": [["
                + "1,".repeat(7) + "1]], \"b\": [0]}}, \"inputs\": [" + "[0.5],".repeat(size * 100_000) + "[0]]}", 10, 30),
        DERIVATIVES("/v1/expressions", size -> expressions("array", "\"D(y" + ",x".repeat(8) + ")\",", size), 2, 50),
        SINES("/v1/expressions", size -> expressions("array", "\"" + IntStream.range(0, 10_000 * size)
                .mapToObj(i -> "sin(" + i + "*x)").collect(Collectors.joining("+")) + "\",", 1), 3, 25),
        PRINTS("/v1/expressions", size -> expressions("scalar", "\"D(y" + ",x".repeat(5) + ")\",", size), 4, 40);

        private final String path;
        private final IntFunction<String> body;
        private final int part;
        private final int all;

        Kind(String path, IntFunction<String> body, int part, int all) {
            this.path = path;
            this.body = body;
            this.part = part;
            this.all = all;
        }

        private static String expressions(String form, String equation, int times) {
            String equations = equation.repeat(times);
            return "{\"network\": " + NETWORK + ", \"form\": \"" + form + "\", \"equations\": ["
                    + equations.substring(0, equations.length() - 1) + "]}";
        }

        private static String hessian(int rows) {
            String row = "[" + "0.5,".repeat(63) + "0.5]";
            String names = IntStream.rangeClosed(1, 64).mapToObj(i -> "\"a" + i + "\"").collect(Collectors.joining(",", "[", "]"));
            return "{\"network\": {\"inputs\": " + names + ", \"outputs\": [\"y\"], \"layers\": [{\"units\": 4}, {\"units\": 1}]}, "
                    + "\"equations\": [\"D(D(y, inputs), inputs)\"], \"parameters\": {\"L1\": {\"W\": [" + (row + ",").repeat(3) + row
                    + "], \"b\": [0, 0, 0, 0]}, \"L2\": {\"W\": [[1, 1, 1, 1]], \"b\": [0]}}, \"inputs\": ["
                    + (row + ",").repeat(rows - 1) + row + "]}";
        }
    }

    @ParameterizedTest
    @EnumSource
    void noMoreIsHeldThanIsSaid(Kind kind) throws Exception {
        byte[] body = kind.body.apply(ALL ? kind.all : kind.part).getBytes(UTF_8);
        try (HttpClient client = HttpClient.newHttpClient(); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long before = live();
            Future<HttpResponse<Void>> answer = threads.submit(() -> client.send(request(kind.path)
                    .header("Content-Type", kind == Kind.CSV ? "text/csv" : "application/json")
                    .POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.discarding()));
            Future<Long> most = threads.submit(() -> mostSaid(answer));
            long held = 0;
            while (!answer.isDone()) {
                long start = System.nanoTime();
                held = Math.max(held, live() - before);
                // As long for those who work.
                LockSupport.parkNanos(2 * (System.nanoTime() - start));
            }
            long said = most.get();
            System.out.printf("PRICE %s %d: body %d MB, said %d MB, held %d MB, ratio %.2f%n", kind, answer.get().statusCode(),
                    body.length >> 20, said >> 20, held >> 20, (double) held / said);
            assertThat(answer.get().statusCode()).isIn(200, 201);
            assertThat(held).isLessThan(said + said / 10 + ALWAYS);
        }
    }

    /** Looked at all the time: a collection may take longer than what is said is true. */
    private long mostSaid(Future<?> answer) {
        long said = 0;
        while (!answer.isDone()) {
            said = Math.max(said, memory.held(Place.HEAP));
            LockSupport.parkNanos(200_000);
        }
        return said;
    }

    /** The less of two looks, as another collection, which leaves some garbage, may come between a look and its own. */
    private static long live() {
        long first = afterCollection();
        return Math.min(first, afterCollection());
    }

    private static long afterCollection() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getCollectionUsage().getUsed()).sum();
    }
}
