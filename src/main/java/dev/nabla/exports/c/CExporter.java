package dev.nabla.exports.c;

import dev.nabla.exports.code.Sizes;
import dev.nabla.exports.files.ExportFile;
import dev.nabla.exports.files.Exporter;
import dev.nabla.exports.files.Subject;
import dev.nabla.exports.routine.Lowering;
import dev.nabla.exports.routine.Routine;
import java.util.List;
import java.util.Set;

/**
 * A C99 file and its header: a function of one sample, and one of many samples that lie side by side (a structure of
 * arrays), which computes some of them at a time. No memory is allocated, nothing is kept between calls.
 */
public final class CExporter implements Exporter {

    @Override
    public List<ExportFile> files(Subject subject, boolean isSingle, long maxLength) {
        Routine routine = Lowering.lower(subject.expressions(), subject.inputs(), subject.parameters());
        Sizes.requireShort(subject, routine, maxLength);
        var unit = new CUnit(subject, routine, isSingle);
        var files = List.of(ExportFile.text(subject.name() + ".h", unit.header()),
                ExportFile.text(subject.name() + ".c", unit.source()));
        return Sizes.requireShort(files, maxLength);
    }

    @Override
    public boolean hasSinglePrecision() {
        return true;
    }

    @Override
    public Set<String> reserved() {
        return new CSyntax(false, 1).reserved();
    }
}
