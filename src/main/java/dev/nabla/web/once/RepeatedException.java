package dev.nabla.web.once;

import org.springframework.http.ResponseEntity;

/** What is asked for was made before: the answer is the one that was given then. */
final class RepeatedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ResponseEntity<byte[]> answer;

    RepeatedException(ResponseEntity<byte[]> answer) {
        super("made before");
        this.answer = answer;
    }

    ResponseEntity<byte[]> answer() {
        return answer;
    }
}
