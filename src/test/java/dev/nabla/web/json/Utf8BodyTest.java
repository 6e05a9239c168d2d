package dev.nabla.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.web.problems.MalformedRequestException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8BodyTest {

    private static final String CHARACTERS = "{a\u007f\u0080\u07ff\u0800\uffff\ud800\udc00\udbff\udfff";

    /** The oracle is the JDK's decoder of the whole. */
    @Test
    void inWhateverPiecesItComesItPassesIfTheWholeIsUtf8() throws IOException {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] body = body(random);
            assertThat(passes(body, random)).as("seed %d, case %d", seed, i).isEqualTo(isUtf8(body));
        }
    }

    /** Characters, of which sometimes one byte is another or is missing at the end. */
    private static byte[] body(Random random) {
        var text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            text.appendCodePoint(CHARACTERS.codePoints().skip(random.nextInt(9)).findFirst().orElseThrow());
        }
        byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextBoolean()) {
            body[random.nextInt(4, body.length)] = (byte) (0x80 | random.nextInt(0x80));
        }
        return random.nextBoolean() ? body : Arrays.copyOf(body, body.length - 1);
    }

    private static boolean isUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean passes(byte[] body, Random random) throws IOException {
        var passed = new ByteArrayOutputStream();
        try (var read = new Utf8Body(new ByteArrayInputStream(body))) {
            byte[] piece = new byte[5];
            for (int count = 0; count >= 0; count = read.read(piece, 0, 1 + random.nextInt(5))) {
                passed.write(piece, 0, count);
            }
        } catch (MalformedRequestException e) {
            return false;
        }
        assertThat(passed.toByteArray()).isEqualTo(body);
        return true;
    }
}
