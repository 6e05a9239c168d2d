package dev.nabla.benchmark;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.nabla.exports.ExportFormat;
import dev.nabla.exports.files.Subject;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.program.Evaluation;
import dev.nabla.program.KeptEvaluation;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.training.WarmUp;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What answers predictions, on one thread. */
public enum Answerer {

    NABLA_KERNELS {
        @Override
        Model model(Prediction prediction) {
            return new Nabla(prediction);
        }
    },
    ONNX_RUNTIME {
        @Override
        Model model(Prediction prediction) {
            return new OnnxModel(prediction);
        }
    };

    /** A model that answers the same batch again and again. */
    interface Model extends AutoCloseable {

        /** The quantity at all points, one after the other. */
        double[] answer();

        @Override
        void close();
    }

    abstract Model model(Prediction prediction);

    /** As the service answers predictions of a known model: compiled once, its memory kept. */
    private static final class Nabla implements Model {

        private final KeptEvaluation evaluation;
        private final Map<Symbol, double[][]> points;
        private final int count;

        private Nabla(Prediction prediction) {
            var symbols = new ArrayList<>(prediction.network().parameters().symbols());
            symbols.add(prediction.network().inputs());
            var engine = new KernelEngine();
            engine.lend(0);
            WarmUp.run(engine);
            evaluation = new KeptEvaluation(Evaluation.watched(List.of(prediction.quantity()), symbols, engine),
                    prediction.network().parameters().split(prediction.parameters()));
            points = Map.of(prediction.network().inputs(), prediction.points());
            count = prediction.points().length;
        }

        @Override
        public double[] answer() {
            double[][] values = evaluation.evaluate(points, count)[0];
            double[] flat = new double[count * values[0].length];
            for (int s = 0; s < count; s++) {
                System.arraycopy(values[s], 0, flat, s * values[0].length, values[0].length);
            }
            return flat;
        }

        @Override
        public void close() {
            evaluation.close();
        }
    }

    /** The file that Nabla exports, with its inputs and outputs in memory outside of the heap. */
    private static final class OnnxModel implements Model {

        private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

        private final OrtSession session;
        private final String input;
        private final double[] points;
        private final long[] shape;

        private OnnxModel(Prediction prediction) {
            var network = prediction.network();
            var subject = new Subject("model", List.of(new Subject.Equation("quantity", prediction.quantity())), network.inputs(),
                    network.definition().inputs(), network.parameters().symbols(), Optional.of(prediction.parameters()),
                    network.notation(), List.of("model"));
            byte[] file = ExportFormat.ONNX.exporter().files(subject, false, 50_000_000).getFirst().bytes();
            points = Arrays.stream(prediction.points()).flatMapToDouble(Arrays::stream).toArray();
            shape = new long[] {prediction.points().length, prediction.points()[0].length};
            try (var options = new SessionOptions()) {
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
                session = ENVIRONMENT.createSession(file, options);
                input = session.getInputNames().iterator().next();
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public double[] answer() {
            try (OnnxTensor tensor = OnnxTensor.createTensor(ENVIRONMENT, DoubleBuffer.wrap(points), shape);
                    OrtSession.Result result = session.run(Map.of(input, tensor))) {
                DoubleBuffer values = ((OnnxTensor) result.get(0)).getDoubleBuffer();
                double[] flat = new double[values.remaining()];
                values.get(flat);
                return flat;
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
