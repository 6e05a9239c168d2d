package dev.nabla.losses;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;

/** Whether the terms of a loss have, beside their weights, multipliers that the training finds. */
@Schema(description = "\"fixed\": the terms have the weights that are given. With the others term i of the gradient has the "
        + "multiplier m_i beside its weight; loss and terms are reported without multipliers, so that epochs compare, and the "
        + "metrics have those of every epoch. \"gradient-norm\": at the beginning of every 10th epoch, from the first, m_i becomes "
        + "0.9 m_i + 0.1 (mean of the norms g_j) / g_i, g_i the norm of the gradient of the term without its weight for the first "
        + "batch, at most 1e6 (Wang, Teng and Perdikaris 2021, SIAM J. Sci. Comput. 43(5), with means of norms instead of entries); a "
        + "term without gradient keeps its own. \"learned\": m_i = exp(-s_i), and s_i, at first 0, is trained with the parameters by "
        + "the same optimizer on the sum of weight_i (m_i L_i + s_i) (Kendall, Gal and Cipolla 2018, CVPR).")
public enum TermWeights {

    @JsonProperty("fixed") FIXED,
    @JsonProperty("gradient-norm") GRADIENT_NORM,
    @JsonProperty("learned") LEARNED
}
