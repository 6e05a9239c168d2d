package dev.nabla.exports;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs files of ONNX on the CPU, as others do. */
public final class OnnxRuntime {

    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING);

    private OnnxRuntime() {}

    /** An array with its dimensions. */
    public record Array(long[] dimensions, double[] entries) {}

    /** The outputs by name; inputs that the file does not have are left out. */
    public static Map<String, Array> run(byte[] file, boolean isSingle, Map<String, Array> inputs) throws OrtException {
        var tensors = new LinkedHashMap<String, OnnxTensor>();
        try (var options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = ENVIRONMENT.createSession(file, options)) {
                for (Map.Entry<String, Array> input : inputs.entrySet()) {
                    if (session.getInputNames().contains(input.getKey())) {
                        tensors.put(input.getKey(), tensor(input.getValue(), isSingle));
                    }
                }
                var outputs = new LinkedHashMap<String, Array>();
                try (OrtSession.Result result = session.run(tensors)) {
                    result.forEach(output -> outputs.put(output.getKey(), array((OnnxTensor) output.getValue(),
                            isSingle)));
                }
                return outputs;
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor tensor(Array array, boolean isSingle) throws OrtException {
        double[] entries = array.entries();
        if (isSingle) {
            FloatBuffer buffer = ByteBuffer.allocateDirect(entries.length * Float.BYTES).order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            for (double entry : entries) {
                buffer.put((float) entry);
            }
            return OnnxTensor.createTensor(ENVIRONMENT, buffer.flip(), array.dimensions());
        }
        return OnnxTensor.createTensor(ENVIRONMENT, DoubleBuffer.wrap(entries), array.dimensions());
    }

    private static Array array(OnnxTensor tensor, boolean isSingle) {
        double[] entries;
        if (isSingle) {
            FloatBuffer buffer = tensor.getFloatBuffer();
            entries = new double[buffer.remaining()];
            for (int i = 0; i < entries.length; i++) {
                entries[i] = buffer.get(i);
            }
        } else {
            DoubleBuffer buffer = tensor.getDoubleBuffer();
            entries = new double[buffer.remaining()];
            buffer.get(entries);
        }
        return new Array(tensor.getInfo().getShape(), entries);
    }
}
