package dev.nabla.exports.graph;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.expression.Expression;

/** The kinds of nodes by the names that files give them. */
enum Kind {
    @JsonProperty("constant") CONSTANT,
    @JsonProperty("symbol") SYMBOL,
    @JsonProperty("apply") APPLY,
    @JsonProperty("sum") SUM,
    @JsonProperty("product") PRODUCT,
    @JsonProperty("power") POWER,
    @JsonProperty("apply-binary") APPLY_BINARY,
    @JsonProperty("select") SELECT,
    @JsonProperty("matrix-product") MATRIX_PRODUCT,
    @JsonProperty("transpose") TRANSPOSE,
    @JsonProperty("outer-product") OUTER_PRODUCT,
    @JsonProperty("solve") SOLVE,
    @JsonProperty("entry-sum") ENTRY_SUM,
    @JsonProperty("norm") NORM,
    @JsonProperty("sample-sum") SAMPLE_SUM,
    @JsonProperty("broadcast") BROADCAST,
    @JsonProperty("entry") ENTRY,
    @JsonProperty("stack") STACK;

    static Kind of(Expression node) {
        return switch (node) {
            case Expression.Constant _ -> CONSTANT;
            case Expression.Symbol _ -> SYMBOL;
            case Expression.Apply _ -> APPLY;
            case Expression.Sum _ -> SUM;
            case Expression.Product _ -> PRODUCT;
            case Expression.Power _ -> POWER;
            case Expression.ApplyBinary _ -> APPLY_BINARY;
            case Expression.Select _ -> SELECT;
            case Expression.MatrixProduct _ -> MATRIX_PRODUCT;
            case Expression.Transpose _ -> TRANSPOSE;
            case Expression.OuterProduct _ -> OUTER_PRODUCT;
            case Expression.Solve _ -> SOLVE;
            case Expression.EntrySum _ -> ENTRY_SUM;
            case Expression.Norm _ -> NORM;
            case Expression.SampleSum _ -> SAMPLE_SUM;
            case Expression.Broadcast _ -> BROADCAST;
            case Expression.Entry _ -> ENTRY;
            case Expression.Stack _ -> STACK;
        };
    }
}
