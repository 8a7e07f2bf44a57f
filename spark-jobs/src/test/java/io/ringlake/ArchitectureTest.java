package io.ringlake;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.ringlake.config.JobFile;
import io.ringlake.config.Secret;
import io.ringlake.config.SettingsReference;
import java.io.Reader;
import java.io.Serializable;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

/** The arrows of the design, and what only one place may do. */
class ArchitectureTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("testkit"))
          .importPackages("io.ringlake");

  private static final String[] PURE = {
    "io.ringlake.schema..",
    "io.ringlake.ring..",
    "io.ringlake.projection..",
    "io.ringlake.config..",
    "io.ringlake.layout..",
    "io.ringlake.text.."
  };

  @Test
  void pureOnesKnowNoDriverAndNoSession() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.datastax..")
        .check(MAIN);
  }

  @Test
  void pureOnesDoNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        // Settings have to come from somewhere: the job file, the password file, the reference
        // file.
        .and()
        .doNotBelongToAnyOf(JobFile.class, Secret.class, SettingsReference.class)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "java.io..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.sql..",
                    "org.apache.hadoop..")
                .and(not(belongToAnyOf(Serializable.class, Reader.class, StringReader.class))))
        .check(MAIN);
  }

  @Test
  void pureOnesKnowNobodyWhoIsNot() {
    classes()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .onlyDependOnClassesThat(
            not(resideInAnyPackage("io.ringlake.."))
                .or(resideInAnyPackage(PURE))
                .or(resideInAnyPackage("io.ringlake.failure..", "io.ringlake.writetime..")))
        .check(MAIN);
  }

  @Test
  void theVocabularyTheRingAndFailuresKnowOnlyJava() {
    classes()
        .that()
        .resideInAnyPackage(
            "io.ringlake.schema..",
            "io.ringlake.ring..",
            "io.ringlake.failure..",
            "io.ringlake.text..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", "org.jspecify..")
                .or(
                    resideInAnyPackage(
                        "io.ringlake.schema..",
                        "io.ringlake.ring..",
                        "io.ringlake.failure..",
                        "io.ringlake.text..")))
        .check(MAIN);
  }

  @Test
  void whatAWriteTimeMeansKnowsNoJobAndNoDriver() {
    classes()
        .that()
        .resideInAPackage("io.ringlake.writetime..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "scala..", "org.jspecify..", "org.apache.spark..", "io.ringlake.writetime..")
        .check(MAIN);
  }

  @Test
  void theIcebergSinkKnowsNoCassandraAndNoJob() {
    classes()
        .that()
        .resideInAPackage("io.ringlake.iceberg..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "scala..",
            "org.jspecify..",
            "org.slf4j..",
            "org.apache.spark..",
            "org.apache.iceberg..",
            "software.amazon.awssdk..",
            "io.ringlake.iceberg..")
        .check(MAIN);
  }

  @Test
  void onlyTheSourceSideKnowsTheDriver() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.ringlake.sink..",
            "io.ringlake.checkpoint..",
            "io.ringlake.runtime..",
            "io.ringlake.progress..",
            "io.ringlake.report..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.datastax..", "io.ringlake.cassandra..")
        .check(MAIN);
  }

  @Test
  void nobodyKnowsTheJobsButTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.ringlake.cli..", "io.ringlake.job..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.ringlake.cli..", "io.ringlake.job..")
        .check(MAIN);
  }

  @Test
  void onlyTheCommandLineEndsTheProcess() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.ringlake.cli..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .check(MAIN);
  }
}
