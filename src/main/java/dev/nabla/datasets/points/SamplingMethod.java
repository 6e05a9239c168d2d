package dev.nabla.datasets.points;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.SplittableRandom;

/** How points are spread over a unit cube. */
public enum SamplingMethod {

    /** Each for itself. */
    @JsonProperty("uniform") UNIFORM {
        @Override
        UnitPoints points(int dimension, int size, SplittableRandom random) {
            return point -> {
                for (int i = 0; i < dimension; i++) {
                    point[i] = random.nextDouble();
                }
            };
        }
    },

    /** Sobol's sequence (Joe and Kuo 2008) with a digital shift, which keeps how evenly it fills the cube. */
    @JsonProperty("sobol") SOBOL {
        @Override
        UnitPoints points(int dimension, int size, SplittableRandom random) {
            return new SobolPoints(dimension, random);
        }
    },

    /** For every coordinate one point in each of so many slices, as there are points (McKay, Beckman and Conover 1979). */
    @JsonProperty("latin-hypercube") LATIN_HYPERCUBE {
        @Override
        UnitPoints points(int dimension, int size, SplittableRandom random) {
            return new LatinHypercubes(dimension, size, random);
        }
    };

    /**
     * Points one after the other, without end.
     *
     * @param size how many make a design
     */
    abstract UnitPoints points(int dimension, int size, SplittableRandom random);

    /** Points of a unit cube, whose ends below belong to it. */
    interface UnitPoints {

        void next(double[] point);
    }
}
