import dev.nabla.client.ApiClient;
import dev.nabla.client.ApiException;
import dev.nabla.client.api.DatasetsApi;
import dev.nabla.client.api.ModelsApi;
import dev.nabla.client.api.NetworksApi;
import dev.nabla.client.api.TrainingsApi;
import dev.nabla.client.model.AdamSettings;
import dev.nabla.client.model.Architecture;
import dev.nabla.client.model.Axis;
import dev.nabla.client.model.DatasetRequest;
import dev.nabla.client.model.DatasetResponse;
import dev.nabla.client.model.DenseLayer;
import dev.nabla.client.model.EquationLoss;
import dev.nabla.client.model.Hamiltonian;
import dev.nabla.client.model.Layer;
import dev.nabla.client.model.Loss;
import dev.nabla.client.model.LossTerm;
import dev.nabla.client.model.NetworkRequest;
import dev.nabla.client.model.NetworkResponse;
import dev.nabla.client.model.Objective;
import dev.nabla.client.model.OptimizerSettings;
import dev.nabla.client.model.PredictionRequest;
import dev.nabla.client.model.TrainingRequest;
import dev.nabla.client.model.TrainingResponse.StateEnum;
import dev.nabla.client.model.TrainingResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The seed's example, a Hamiltonian network and a loss of terms, by a client that OpenAPI Generator made. */
public final class SeedExample {

    private final NetworksApi networks;
    private final DatasetsApi datasets;
    private final TrainingsApi trainings;
    private final ModelsApi models;

    private SeedExample(ApiClient client) {
        networks = new NetworksApi(client);
        datasets = new DatasetsApi(client);
        trainings = new TrainingsApi(client);
        models = new ModelsApi(client);
    }

    public static void main(String[] arguments) throws ApiException {
        ApiClient client = new ApiClient();
        client.updateBaseUri(arguments[0]);
        var example = new SeedExample(client);
        example.gaussian();
        example.hamiltonian();
        example.lossOfTerms();
        example.csv();
        example.problem();
    }

    private void gaussian() throws ApiException {
        NetworkResponse network = networks.createNetwork(new NetworkRequest().name("gaussian").inputs(List.of("x", "y"))
                .outputs(List.of("z")).layers(List.of(dense(3, "tanh"), dense(3, "tanh"),
                        dense(1, "identity"))), null);
        require(network.getParameterCount() == 25, network);
        require(network.getLayers().get(2).getDenseLayer().getActivation().equals("identity"), network);
        Axis axis = new Axis().from(-1.0).to(1.0).step(0.1);
        DatasetResponse dataset = datasets.createDataset(new DatasetRequest().grid(Map.of("x", axis, "y", axis))
                .targets(Map.of("z", "exp(-(x^2 + y^2))")), null);
        require(dataset.getSamples() == 441, dataset);
        TrainingResponse training = trainings.createTraining(new TrainingRequest().networkId(network.getId())
                .datasetId(dataset.getId()).loss(new Objective(Loss.RELATIVE_L2)).epochs(20).batchSize(10).seed(1L)
                .optimizer(new OptimizerSettings(new AdamSettings().learningRate(0.001))), "wait=60", UUID.randomUUID().toString());
        require(training.getState() == StateEnum.SUCCEEDED, training);
        require(training.getLoss().getLoss() == Loss.RELATIVE_L2, training);
        require(training.getOptimizer().getAdamSettings().getBeta2() == 0.999, training);
        List<Double> losses = trainings.getTrainingMetrics(training.getId(), null, null).getLoss();
        require(losses.getLast() < losses.getFirst(), losses);
        List<List<Double>> outputs = models.predict(training.getModelId().toString(),
                new PredictionRequest().inputs(List.of(List.of(0.0, 0.0), List.of(0.5, -0.5)))).getOutputs();
        require(outputs.size() == 2 && outputs.getFirst().size() == 1, outputs);
        Map<?, ?> layer = (Map<?, ?>) models.getModelParameters(training.getModelId().toString(), null, null).get("L1");
        require(((List<?>) layer.get("W")).size() == 3, network);
        require(trainings.listTrainings(1, null, null, null, null, null, null, null, null).getItems().getFirst().equals(training), training);
    }

    private void hamiltonian() throws ApiException {
        NetworkResponse network = networks.createNetwork(new NetworkRequest().inputs(List.of("q", "p")).outputs(List.of("H"))
                .architecture(new Architecture(new Hamiltonian().type(Hamiltonian.TypeEnum.HAMILTONIAN).width(16).hiddenLayers(2))), null);
        require(network.getArchitecture().getHamiltonian().getWidth() == 16 && network.getLayers() == null, network);
        require(networks.getNetwork(network.getId(), null).equals(network), network);
    }

    private void lossOfTerms() throws ApiException {
        TrainingResponse training = trainings.createTraining(new TrainingRequest()
                .network(new NetworkRequest().inputs(List.of("t")).outputs(List.of("u"))
                        .layers(List.of(dense(8, "tanh"), dense(1, "tanh"))))
                .dataset(new DatasetRequest().inputs(List.of(List.of(0.0), List.of(1.0)))
                        .targets(List.of(List.of(1.0), List.of(0.4))).inputNames(List.of("t")).targetNames(List.of("measured")))
                .loss(new Objective(new EquationLoss().terms(List.of(new LossTerm().equation("u - measured"),
                        new LossTerm().equation("D(u, t) + u").weight(0.1))))).epochs(10), "wait=60", null);
        require(training.getState() == StateEnum.SUCCEEDED, training);
        require(training.getLoss().getEquationLoss().getTerms().get(1).getWeight() == 0.1, training);
        require(trainings.getTrainingMetrics(training.getId(), null, null).getTerms().size() == 2, training);
    }

    private void csv() throws ApiException {
        DatasetResponse dataset = datasets.createDatasetFromCsv("x;y [m];z\n0;0;1\n1;0;0,5\n", List.of("x", "y [m]"),
                List.of("z"), ";", ",", null, null, null, null, null, "corners", List.of("demo"), null);
        require(dataset.getSamples() == 2 && dataset.getInputDimension() == 2, dataset);
        require(datasets.getDatasetRows(dataset.getId(), null).getTargets().get(1).equals(List.of(0.5)), dataset);
    }

    private void problem() {
        try {
            networks.createNetwork(new NetworkRequest().inputs(2).layers(List.of(dense(0, "tanh"))), null);
        } catch (ApiException e) {
            require(e.getCode() == 422 && e.getResponseBody().contains("/layers/0/units"), e);
            return;
        }
        throw new AssertionError("a layer without units was accepted");
    }

    private static Layer dense(int units, String activation) {
        return new Layer(new DenseLayer().units(units).activation(activation));
    }

    private static void require(boolean holds, Object seen) {
        if (!holds) {
            throw new AssertionError(String.valueOf(seen));
        }
    }
}
