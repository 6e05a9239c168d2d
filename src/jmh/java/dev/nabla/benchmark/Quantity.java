package dev.nabla.benchmark;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.network.Network;

/** What is computed of a network with one output at many points. */
public enum Quantity {

    OUTPUTS {
        @Override
        Expression of(Network network) {
            return network.outputs();
        }
    },
    GRADIENT {
        @Override
        Expression of(Network network) {
            return Derivative.of(LinearAlgebra.entry(network.outputs(), 0), network.inputs());
        }
    },
    JACOBIAN {
        @Override
        Expression of(Network network) {
            return Derivative.of(network.outputs(), network.inputs());
        }
    },
    HESSIAN {
        @Override
        Expression of(Network network) {
            return Derivative.of(GRADIENT.of(network), network.inputs());
        }
    },
    THIRD_DERIVATIVES {
        @Override
        Expression of(Network network) {
            return Derivative.of(HESSIAN.of(network), network.inputs());
        }
    };

    /** As an expression, per sample; derivatives are by the inputs. */
    abstract Expression of(Network network);
}
