package dev.nabla;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaStaticInitializer;
import com.tngtech.archunit.core.domain.properties.HasParameterTypes;
import com.tngtech.archunit.core.domain.properties.HasReturnType;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import dev.nabla.program.CostModel;
import dev.nabla.program.Engine;
import dev.nabla.program.Instruction;
import dev.nabla.program.Schedule;
import dev.nabla.program.Slot;
import dev.nabla.program.kernels.Hardware;
import dev.nabla.rendering.Format;
import dev.nabla.rendering.printing.Target;
import java.util.List;
import java.util.stream.Stream;

/** The house: one package per concept, stacked; a package imports only packages below it. */
@AnalyzeClasses(packagesOf = NablaApplication.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    static final List<String> PACKAGES_FROM_THE_TOP = List.of(
            "web", "jobs", "storage", "training", "optimizers", "losses", "datasets", "trajectories", "program", "imports",
            "network", "bounds", "plots", "exports", "rendering", "language", "documents", "onnx", "expression", "problems");

    @ArchTest
    static final ArchRule aPackageImportsOnlyPackagesBelowIt = house();

    @ArchTest
    static final ArchRule noPackagesImportEachOtherInACycle =
            slices().matching("dev.nabla.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule fromTrainingDownItIsPlainJava = noClasses()
            .that().resideInAnyPackage(identifiersFrom("training"))
            .should().dependOnClassesThat(resideInAnyPackage("org.springframework..", "jakarta..")
                    .and(not(resideInAPackage("jakarta.validation.constraints"))))
            .allowEmptyShould(true);

    /** C2 leaves a method of ours as a call where a caller of kernels has grown large, and vectors then become objects. */
    @ArchTest
    static final ArchRule kernelsThatCallersTakeInPassVectorsToTheVectorApiOnly = noClasses()
            .that().haveSimpleName("VectorEntrywise").or().haveSimpleName("ProductTiles").or().haveSimpleName("SampleTiles")
            .should().callMethodWhere(aMethodOfOursHasAVector());

    /** But for those that the JVM's options have it put into their callers, by their names. */
    @ArchTest
    static final ArchRule vectorsArePassedToMethodsOfLanesOnly = noClasses().should().callMethodWhere(
            aMethodOfOursHasAVector().and(describe("of a class of another name", call ->
                    !call.getTargetOwner().getSimpleName().endsWith("Lanes"))));

    /** Into methods that are compiled by themselves, by another option and their names: others may have grown too large for it. */
    @ArchTest
    static final ArchRule vectorsArePassedByLanesAndOnRunsOnly = noClasses().should().callMethodWhere(
            aMethodOfOursHasAVector().and(describe("from a method that has none and is not named …OnRun", call ->
                    !(call.getOrigin() instanceof JavaStaticInitializer) && (call.isDeclaredInLambda()
                            || !(call.getOrigin() instanceof JavaMethod caller
                                    && (hasVectors(caller) || caller.getName().endsWith("OnRun")))))));

    @ArchTest
    static final ArchRule nd4jStaysBehindProgramsAndWhatTrainsThem = noClasses()
            .that().resideOutsideOfPackages("dev.nabla.program..", "dev.nabla.losses..",
                    "dev.nabla.optimizers..", "dev.nabla.training..")
            .should().dependOnClassesThat().resideInAnyPackage("org.nd4j..", "org.bytedeco..");

    @ArchTest
    static final ArchRule aPrintedLanguageIsKnownToTheListOfFormatsOnly = classes()
            .that().implement(Target.class)
            .should().onlyHaveDependentClassesThat().areAssignableTo(Format.class);

    @ArchTest
    static final ArchRule ofAPrintedLanguageNothingElseIsSeen = noClasses()
            .that().resideInAPackage("dev.nabla.rendering.(latex|text|python)")
            .and().areNotAssignableTo(Target.class).should().bePublic();

    /** But for the engines, of which one is chosen, and for what the machine has, which is told at the start. */
    @ArchTest
    static final ArchRule howAProgramRunsIsSeenByProgramsOnly = noClasses()
            .that().resideOutsideOfPackage("dev.nabla.program..")
            .should().dependOnClassesThat(resideInAnyPackage("dev.nabla.program.(*)..")
                    .or(belongToAnyOf(Instruction.class, Slot.class, Schedule.class, CostModel.class))
                    .and(not(assignableTo(Engine.class).or(belongToAnyOf(Hardware.class)))));

    /** So that what is told of a failure is never null, as the build's check of nulls takes for granted. */
    @ArchTest
    static final ArchRule everyExceptionHasAMessage = noClasses().should().callConstructorWhere(
            describe("an exception is made of nothing", call -> call.getTargetOwner().isAssignableTo(Throwable.class)
                    && call.getTarget().getRawParameterTypes().isEmpty()));

    private static DescribedPredicate<JavaMethodCall> aMethodOfOursHasAVector() {
        return describe("a method of ours has a vector", call ->
                call.getTargetOwner().getPackageName().startsWith("dev.nabla") && hasVectors(call.getTarget()));
    }

    private static <M extends HasParameterTypes & HasReturnType> boolean hasVectors(M method) {
        return Stream.concat(method.getRawParameterTypes().stream(), Stream.of(method.getRawReturnType()))
                .anyMatch(type -> type.getPackageName().equals("jdk.incubator.vector"));
    }

    private static LayeredArchitecture house() {
        LayeredArchitecture house =
                layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        for (String name : PACKAGES_FROM_THE_TOP) {
            house = house.layer(name).definedBy(identifier(name));
        }
        house = house.whereLayer(PACKAGES_FROM_THE_TOP.getFirst()).mayNotBeAccessedByAnyLayer();
        for (int i = 1; i < PACKAGES_FROM_THE_TOP.size(); i++) {
            String[] above = PACKAGES_FROM_THE_TOP.subList(0, i).toArray(String[]::new);
            house = house.whereLayer(PACKAGES_FROM_THE_TOP.get(i)).mayOnlyBeAccessedByLayers(above);
        }
        return house.ensureAllClassesAreContainedInArchitectureIgnoring("dev.nabla");
    }

    private static String[] identifiersFrom(String top) {
        return PACKAGES_FROM_THE_TOP.subList(PACKAGES_FROM_THE_TOP.indexOf(top), PACKAGES_FROM_THE_TOP.size())
                .stream().map(ArchitectureTest::identifier).toArray(String[]::new);
    }

    private static String identifier(String name) {
        return "dev.nabla." + name + "..";
    }
}
