package dev.nabla.exports;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.exports.c.CExporter;
import dev.nabla.exports.c.CasadiExporter;
import dev.nabla.exports.files.Exporter;
import dev.nabla.exports.graph.GraphExporter;
import dev.nabla.exports.java.JavaExporter;
import dev.nabla.exports.javascript.JavaScriptExporter;
import dev.nabla.exports.julia.JuliaExporter;
import dev.nabla.exports.latex.LatexExporter;
import dev.nabla.exports.mathml.MathmlExporter;
import dev.nabla.exports.matlab.MatlabExporter;
import dev.nabla.exports.onnx.OnnxExporter;
import dev.nabla.exports.python.PythonExporter;
import dev.nabla.exports.svg.SvgExporter;

/** What equations may be taken away as. */
public enum ExportFormat {

    /** A C99 file and its header. */
    @JsonProperty("c") C(new CExporter()),

    /** A C file with the functions that CasADi asks of an external one. */
    @JsonProperty("c-casadi") C_CASADI(new CasadiExporter()),

    /** A Java class without dependencies. */
    @JsonProperty("java") JAVA(new JavaExporter()),

    /** A Julia function. */
    @JsonProperty("julia") JULIA(new JuliaExporter()),

    /** An ES module. */
    @JsonProperty("javascript") JAVASCRIPT(new JavaScriptExporter()),

    /** A MATLAB function, which Octave runs too. */
    @JsonProperty("matlab") MATLAB(new MatlabExporter()),

    /** Modules of NumPy. */
    @JsonProperty("python") PYTHON(new PythonExporter()),

    /** A model of ONNX. */
    @JsonProperty("onnx") ONNX(new OnnxExporter()),

    /** A document of LaTeX. */
    @JsonProperty("latex") LATEX(new LatexExporter()),

    /** The graph itself, which can be read again. */
    @JsonProperty("json") JSON(new GraphExporter()),

    /** A formula of MathML. */
    @JsonProperty("mathml") MATHML(new MathmlExporter()),

    /** The graph as a picture. */
    @JsonProperty("svg") SVG(new SvgExporter());

    private final Exporter exporter;

    ExportFormat(Exporter exporter) {
        this.exporter = exporter;
    }

    public Exporter exporter() {
        return exporter;
    }
}
