package dev.nabla.losses;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;

/** Whether the terms of a loss have, beside their weights, multipliers that the training finds. */
@Schema(description = "\"fixed\": the terms have the weights that are given. With the others term i of the gradient has the "
        + "multiplier m_i beside its weight; loss and terms are reported without multipliers, so that epochs compare, and the "
        + "metrics have those of every epoch. \"gradient-norm\": m_1 is 1; at the beginning of every 10th epoch, from the first, the other "
        + "m_i become 0.9 m_i + 0.1 max |g_1| / mean |m_i g_i|, over the entries of the gradients g of the terms without their weights "
        + "for the first batch, the quotient at most 1e6 (Wang, Teng and Perdikaris 2021, SIAM J. Sci. Comput. 43(5), algorithm 1): "
        + "so the differential equation comes first. A term without gradient keeps its own. \"learned\": m_i = "
        + "exp(-s_i), and s_i, at first 0, is trained with the parameters by "
        + "the same optimizer on the sum of weight_i (m_i L_i + s_i) (Kendall, Gal and Cipolla 2018, CVPR).")
public enum TermWeights {

    @JsonProperty("fixed") FIXED,
    @JsonProperty("gradient-norm") GRADIENT_NORM,
    @JsonProperty("learned") LEARNED
}
