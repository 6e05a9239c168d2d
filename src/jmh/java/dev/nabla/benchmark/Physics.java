package dev.nabla.benchmark;

/** What derivatives of a network with two inputs and one output by its inputs are to come to. */
public enum Physics {

    /**
     * J∇H(z) = ż with the ż of a pendulum: a Hamiltonian neural network (Greydanus et al., NeurIPS 2019). The gradient of
     * its loss is of second order.
     */
    HAMILTONIAN(2, "[D(y1, inputs)[2], -D(y1, inputs)[1]] - targets", """
                energy = torch.sum(torch.linear(second, w3))
                gradients = torch.grad([energy], [z], None, None, True)
                gradient = unchecked_cast(Tensor, gradients[0])
                symplectic = torch.stack([torch.select(gradient, 1, 1), torch.neg(torch.select(gradient, 1, 0))], 1)
                return torch.sum(torch.pow(torch.sub(symplectic, targets), 2))
            """) {
        @Override
        double[] targets(double x, double y) {
            return new double[] {y, -Math.sin(x)};
        }
    },

    /** Δu = f, the residual of a physics-informed network. The gradient of its loss is of third order. */
    POISSON(1, "D(y1, x1, x1) + D(y1, x2, x2) - t1", """
                u = torch.sum(torch.linear(second, w3))
                gradients = torch.grad([u], [z], None, None, True)
                gradient = unchecked_cast(Tensor, gradients[0])
                byX = torch.grad([torch.sum(torch.select(gradient, 1, 0))], [z], None, None, True)
                byY = torch.grad([torch.sum(torch.select(gradient, 1, 1))], [z], None, None, True)
                xx = torch.select(unchecked_cast(Tensor, byX[0]), 1, 0)
                yy = torch.select(unchecked_cast(Tensor, byY[0]), 1, 1)
                laplacian = torch.unsqueeze(torch.add(xx, yy), 1)
                return torch.sum(torch.pow(torch.sub(laplacian, targets), 2))
            """) {
        @Override
        double[] targets(double x, double y) {
            return new double[] {Math.sin(3 * x) * Math.cos(3 * y)};
        }
    };

    private static final String HIDDEN_LAYERS = """
            class Law(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Law,
                z: Tensor,
                targets: Tensor,
                w1: Tensor,
                b1: Tensor,
                w2: Tensor,
                b2: Tensor,
                w3: Tensor) -> Tensor:
                first = torch.tanh(torch.linear(z, w1, b1))
                second = torch.tanh(torch.linear(first, w2, b2))
            """;

    private final int dimension;
    private final String equation;
    private final String torchScript;

    Physics(int dimension, String equation, String torchScript) {
        this.dimension = dimension;
        this.equation = equation;
        this.torchScript = torchScript;
    }

    /** The number of targets. */
    int dimension() {
        return dimension;
    }

    /** The error of a sample in Nabla's language, whose squares are averaged over a batch. */
    String equation() {
        return equation;
    }

    abstract double[] targets(double x, double y);

    /**
     * The sum over a batch of the squared errors in PyTorch's own language. It is the mean but for a factor, which Adam
     * does not notice.
     */
    String torchScript() {
        return HIDDEN_LAYERS + torchScript;
    }
}
