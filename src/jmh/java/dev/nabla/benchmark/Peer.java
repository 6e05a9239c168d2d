package dev.nabla.benchmark;

/** A training in some framework that goes on for as many steps as it is told. */
interface Peer extends AutoCloseable {

    void train(int steps);

    /** Ends the training. In the order of Nabla's flat vector: layer after layer, weights by row before bias. */
    double[] parameters();

    @Override
    void close();
}
