package dev.nabla.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nabla.network.Activation;
import dev.nabla.network.Architecture;
import dev.nabla.network.Architectures;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Hamiltonian;
import dev.nabla.network.Network;
import dev.nabla.network.NetworkDefinition;
import dev.nabla.program.Engine;
import dev.nabla.program.KernelEngine;
import dev.nabla.program.Nd4jEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
