package dev.nabla.web.inference;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalInt;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is answered: JSON, with binary numbers behind it where they are asked for, as a header says then.
 *
 * @param model what the request calls it
 * @param version which of that name it is
 */
record InferenceAnswer(String model, OptionalInt version, InferenceRequest request, List<OutputTensor> outputs) {

    /** Answers with JSON; what has numbers in bytes is written here. */
    ResponseEntity<InferenceResponse> write(HttpServletResponse response, JsonMapper mapper) throws IOException {
        List<OutputTensor> binary = outputs.stream().filter(OutputTensor::isBinary).toList();
        var described = new InferenceResponse(model,
                version.isPresent() ? String.valueOf(version.getAsInt()) : null, request.id(), request.passedBack(),
                outputs.stream().map(OutputTensor::described).toList());
        if (binary.isEmpty()) {
            return ResponseEntity.ok(described);
        }
        byte[] json = mapper.writeValueAsBytes(described);
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setHeader(InferenceConverter.LENGTH_OF_JSON, String.valueOf(json.length));
        OutputStream body = response.getOutputStream();
        body.write(json);
        for (OutputTensor output : binary) {
            output.write(body);
        }
        return ResponseEntity.ok().build();
    }
}
