package dev.nabla;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;

@AnalyzeClasses(packagesOf = NablaApplication.class, importOptions = OnlyIncludeTests.class)
class ServiceInThisProcessTest {

    @ArchTest
    static final ArchRule noTestStartsOneUnannounced = noClasses()
            .that().areTopLevelClasses().and().areNotAnnotatedWith(ServiceInThisProcess.class)
            .and().doNotBelongToAnyOf(ServiceInThisProcessTest.class)
            .should().dependOnClassesThat(belongToAnyOf(SpringApplication.class, SpringApplicationBuilder.class,
                    SpringBootTest.class));
}
