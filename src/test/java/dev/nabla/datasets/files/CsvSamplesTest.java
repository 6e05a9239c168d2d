package dev.nabla.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.datasets.Samples;
import dev.nabla.expression.Work;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.problems.InvalidException;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as people have them come in as they are meant, or are refused. */
class CsvSamplesTest {

    /** How a file is read, said word by word. */
    private record Asked(@Nullable List<String> inputs, List<String> targets, Optional<Delimiter> delimiter,
            DecimalMark decimal, Optional<Boolean> header, List<Renaming> rename, Set<String> na, Missing missing, List<String> oneHot) {

        static Asked of(@Nullable String inputs, String targets) {
            return new Asked(inputs == null ? null : names(inputs), names(targets), Optional.empty(), DecimalMark.POINT, Optional.empty(),
                    List.of(), Set.of(), Missing.REFUSE, List.of());
        }

        private static List<String> names(String text) {
            return text.isEmpty() ? List.of() : List.of(text.split(","));
        }

        Asked delimiter(Delimiter given) {
            return new Asked(inputs, targets, Optional.of(given), decimal, header, rename, na, missing, oneHot);
        }

        Asked decimalComma() {
            return new Asked(inputs, targets, delimiter, DecimalMark.COMMA, header, rename, na, missing, oneHot);
        }

        Asked withHeader() {
            return new Asked(inputs, targets, delimiter, decimal, Optional.of(true), rename, na, missing, oneHot);
        }

        Asked noHeader() {
            return new Asked(inputs, targets, delimiter, decimal, Optional.of(false), rename, na, missing, oneHot);
        }

        Asked rename(String... renamings) {
            return new Asked(inputs, targets, delimiter, decimal, header, Arrays.stream(renamings)
                    .map(text -> Renaming.of(text, "", new ArrayList<>()).orElseThrow()).toList(), na, missing, oneHot);
        }

        Asked na(String... texts) {
            return new Asked(inputs, targets, delimiter, decimal, header, rename, Set.of(texts), missing, oneHot);
        }

        Asked drop() {
            return new Asked(inputs, targets, delimiter, decimal, header, rename, na, Missing.DROP, oneHot);
        }

        Asked oneHot(String... columns) {
            return new Asked(inputs, targets, delimiter, decimal, header, rename, na, missing, List.of(columns));
        }

        Table read(String text) {
            return read(text, StandardCharsets.UTF_8);
        }

        Table read(String text, Charset charset) {
            return CsvSamples.read(new ByteArrayInputStream(text.getBytes(charset)),
                    new CsvSyntax(delimiter, decimal, header), new TableReading(inputs, targets, rename, na, missing, oneHot));
        }

        void refuses(String text, String... details) {
            assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(InvalidException.class, e -> assertThat(e.problems()
                    .stream().map(problem -> (problem.pointer() + " " + problem.detail()).strip())).containsExactly(details));
        }
    }

    @Test
    void aTableOfFiveHundredRowsAsPeopleHaveItLoadsAsItIs() {
        String[] headers = {"MPG.city", "Horse power [kW]", "Weight (kg)", "0-100 km/h", "Größe", "a;b", "CO2 %", "exp",
            "price", "x_1", " trimmed ", "La\u0308nge [m]", "target value"};
        var random = new Random(7);
        var csv = new StringBuilder(Arrays.stream(headers).map(header -> '"' + header + '"').collect(Collectors.joining(";")));
        var whole = new ArrayList<double[]>();
        for (int row = 0; row < 500; row++) {
            double[] numbers = IntStream.range(0, 13).mapToDouble(i -> Math.round(random.nextDouble() * 1e6) / 1e3).toArray();
            int missing = random.nextInt(100) == 0 ? random.nextInt(13) : -1;
            csv.append("\r\n").append(IntStream.range(0, 13).mapToObj(i -> i == missing ? "?" : String.valueOf(numbers[i]))
                    .collect(Collectors.joining(";")));
            if (missing < 0) {
                whole.add(numbers);
            }
        }
        Table table = Asked.of(null, "target value").na("?").drop().read(csv.toString());
        assertThat(table.origin().droppedRows()).isEqualTo(500 - whole.size()).isPositive();
        assertThat(table.samples().inputNames()).containsExactly("MPG_city", "Horse_power_kW", "Weight_kg", "c_0_100_km_h",
                "Größe", "a_b", "CO2", "exp_", "price", "x_1", "trimmed", "Länge_m");
        assertThat(table.samples().targetNames()).containsExactly("target_value");
        assertThat(table.origin().columns()).extracting(SourceColumn::header).containsExactly(
                Arrays.stream(headers).map(String::strip).toArray(String[]::new));
        assertThat(table.samples().inputs()).containsExactly(whole.stream()
                .flatMapToDouble(row -> Arrays.stream(row, 0, 12)).toArray());
        assertThat(table.samples().targets()).containsExactly(whole.stream().mapToDouble(row -> row[12]).toArray());
    }

    @Test
    void aFileOfAGermanSpreadsheetIsRead() {
        Table table = Asked.of("Höhe [m],Druck", "Kosten (€)").decimalComma()
                .read("\uFEFFHöhe [m];Druck;Kosten (€)\r\n1,5;-,25;1E3\r\n\"2,0\";1013,25;-7\r\n\r\n");
        assertThat(table.samples().inputNames()).containsExactly("Höhe_m", "Druck");
        assertThat(table.samples().inputs()).containsExactly(1.5, -0.25, 2, 1013.25);
        assertThat(table.samples().targetNames()).containsExactly("Kosten");
        assertThat(table.samples().targets()).containsExactly(1000, -7);
        Asked.of("x", "").decimalComma().refuses("x;y\n1.234,5;1\n1.5;1\n",
                "column 'x', line 2: '1.234,5' is not a finite number; line 3: '1.5' is not a finite number; "
                        + "numbers have no separators of thousands, and '.' before decimals, or ',' with decimal=,");
        Asked.of("x", "").refuses("x;y\n1,5;1\n", "column 'x', line 2: '1,5' is not a finite number; "
                + "numbers have no separators of thousands, and '.' before decimals, or ',' with decimal=,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE"})
    void aMarkOfTheOrderOfBytesSaysTheEncoding(String charset) {
        assertThat(Asked.of("Δ", "y").rename("Δ:delta").read("\uFEFFΔ\ty\n1\t2\n", Charset.forName(charset)).samples())
                .usingRecursiveComparison().isEqualTo(new Samples(List.of("delta"), List.of("y"), new double[] {1},
                        new double[] {2}));
    }

    @Test
    void whatIsNoUtf8IsRefusedAsWordsWouldBecomeEqual() {
        for (String text : new String[] {"ort,y\nKöln,1\nKüln,2\n", "ort,y\n" + "Ulm,1\n".repeat(20_000) + "Köln,1\n"}) {
            assertThatThrownBy(() -> Asked.of("ort", "y").oneHot("ort").read(text, StandardCharsets.ISO_8859_1))
                    .hasMessage(" the file is not UTF-8 throughout; spreadsheets save it so as 'CSV UTF-8'");
        }
    }

    @ParameterizedTest
    @EnumSource(Delimiter.class)
    void everyDelimiterIsFoundOrTold(Delimiter delimiter) {
        String csv = "a,\"b;|\tc\",y\n1,2,3\n".replace(',', delimiter.character());
        for (Asked asked : List.of(Asked.of("a", "y"), Asked.of("a", "y").delimiter(delimiter))) {
            assertThat(asked.read(csv).samples().targets()).containsExactly(3);
        }
        assertThat(Asked.of("c1", "c2").noHeader().read("1,2\n3,4".replace(',', delimiter.character())).samples().targets())
                .containsExactly(2, 4);
    }

    @Test
    void aDelimiterThatIsNotCertainIsAskedFor() {
        Asked asked = Asked.of("a", "c");
        asked.refuses("a,b;c\n1,5;2\n", "/delimiter is not certain, as the first line has 1 × ',' and 1 × ';': "
                + "must be one of ',', ';', '|' and 'tab'");
        asked.noHeader().decimalComma().refuses("1,5\n2,5\n", "/delimiter is not certain, as the first line has 1 × ',': "
                + "must be one of ',', ';', '|' and 'tab'");
        assertThat(Asked.of("a_b", "c").read("a,b;c\n1;2\n").samples().inputs()).containsExactly(1);
        assertThat(Asked.of("a", "").decimalComma().read("a\n1,5\n2,5\n").samples().inputs()).containsExactly(1.5, 2.5);
        assertThat(Asked.of("a", "b").decimalComma().read("a,b\n\"1,5\",\"2,5\"\n").samples().targets()).containsExactly(2.5);
        assertThat(Asked.of("c1", "c2").noHeader().decimalComma().read("1,5;2,5").samples().targets()).containsExactly(2.5);
    }

    @Test
    void withoutAHeaderColumnsAreCalledByTheirPlace() {
        Table table = Asked.of("c3,c1", "c2").noHeader().rename("c2:z").read("1,2,3\n4,5,6\n");
        assertThat(table.samples()).usingRecursiveComparison().isEqualTo(new Samples(List.of("c3", "c1"), List.of("z"),
                new double[] {3, 1, 6, 4}, new double[] {2, 5}));
        assertThat(table.origin().columns()).contains(new SourceColumn("z", null, null));
    }

    @Test
    void aFirstLineOfNumbersIsAHeaderOnlyWhereItIsSaid() {
        String refusal = "/header is not certain, as the first line has numbers only: must be false if it is a row, or true if "
                + "these are the names of the columns";
        Asked.of("1", "2").refuses("1,2\n3,4\n", refusal);
        Asked.of("x", "y").refuses("-1e3, 2.5\n3,4\n", refusal);
        Asked.of("1", "2").na("?").refuses("1,2,?,\n3,4,5,6\n", refusal);
        Asked.of("1", "2").decimalComma().refuses("1,5;2\n3;4\n", refusal);
        assertThat(Asked.of("1", "2").withHeader().read("1,2\n3,4\n").samples().inputs()).containsExactly(3);
        assertThat(Asked.of("c1", "c2").noHeader().read("1,2\n3,4\n").samples().inputs()).containsExactly(1, 3);
        assertThat(Asked.of("1990", "1991").read("land,1990,1991\nusa,3,4\n").samples().inputs()).containsExactly(3);
    }

    @Test
    void safeNamesAreDifferentAndGivenBackToTheHeadersThatHaveThem() {
        assertThat(Asked.of(null, "loss").read("a.b,a_b,a b,_,,loss,D,a_b_2,7," + "n".repeat(70) + "," + "n".repeat(64)
                + "\n1,2,3,4,5,6,7,8,9,10,11\n").origin().columns().stream().map(SourceColumn::name)).containsExactly(
                        "a_b_3", "a_b", "a_b_4", "c4", "c5", "D_", "a_b_2", "c_7", "n".repeat(62) + "_2", "n".repeat(64), "loss_");
        assertThat(Asked.of("b,c", "").rename("a.b:b").read("a.b,c\n1,2\n").samples().inputNames()).containsExactly("b", "c");
        assertThat(Asked.of("x,y z", "").rename("x:u").read("x,y z\n1,2\n").samples().inputNames())
                .containsExactly("u", "y_z");
    }

    @Test
    void allColumnsButTheTargetsAreInputsIfNoneAreNamed() {
        assertThat(Asked.of(null, "b").read("a,b,c\n1,2,3\n").samples()).usingRecursiveComparison().isEqualTo(
                new Samples(List.of("a", "c"), List.of("b"), new double[] {1, 3}, new double[] {2}));
        assertThat(Asked.of("c,a", "").read("a,b,c\n1,?,3\n").samples()).usingRecursiveComparison().isEqualTo(
                new Samples(List.of("c", "a"), List.of(), new double[] {3, 1}, new double[0]));
        Asked.of(null, "").refuses("a b,c\n1,2\n", "/inputs must name the columns of the inputs, or targets those of the "
                + "targets, all others being inputs then; columns are a_b ('a b'), c");
        Asked.of("", "a").refuses("a\n1\n", "/inputs must name at least one column; columns are a");
        Asked.of(null, "a,b").refuses("a,b\n1,2\n", "/targets must leave at least one column for the inputs");
        Asked.of(null, "a").refuses("a\n1\n", "/targets must leave at least one column for the inputs");
    }

    @Test
    void missingValuesAreNamedOrTheirRowsLeftOut() {
        String csv = "a,b,note\n1,2,\n,3,\n4, NA ,\n?,?,\n5,6,\n";
        Asked.of("a", "b").na("NA", "?").refuses(csv, "column 'a' has no value on line 3, 5; missing=drop leaves such rows out",
                "column 'b' has no value on line 4, 5; missing=drop leaves such rows out");
        Table table = Asked.of("a", "b").na("NA", "?").drop().read(csv);
        assertThat(table.samples().inputs()).containsExactly(1, 5);
        assertThat(table.samples().targets()).containsExactly(2, 6);
        assertThat(table.origin().droppedRows()).isEqualTo(3);
        Asked.of("a", "b").drop().refuses(csv,
                "column 'a', line 5: '?' is not a finite number; name in na what means that there is no value",
                "column 'b', line 4: 'NA' is not a finite number; line 5: '?' is not a finite number; "
                        + "name in na what means that there is no value");
        Asked.of("a", "").drop().refuses("a,b\n,1\n,2\n", "the file must have at least one row in which no value is missing");
        Asked.of("a", "").refuses("a,b\n" + ",1\n".repeat(25), "column 'a' has no value on line " + IntStream.range(2, 22)
                .mapToObj(String::valueOf).collect(Collectors.joining(", ")) + ", and 5 more; missing=drop leaves such rows out");
    }

    @Test
    void aColumnOfWordsBecomesAColumnForEveryWord() {
        Table table = Asked.of("Or igin,x", "class").na("-").drop().oneHot("Or_igin", "class")
                .read("Or igin,x,class\nusa,1,b\njapan,2,a\nnowhere,-,b\nusa,3,c d\n");
        assertThat(table.samples().inputNames()).containsExactly("Or_igin_japan", "Or_igin_usa", "x");
        assertThat(table.samples().inputs()).containsExactly(0, 1, 1, 1, 0, 2, 0, 1, 3);
        assertThat(table.samples().targetNames()).containsExactly("class_a", "class_b", "class_c_d");
        assertThat(table.samples().targets()).containsExactly(0, 1, 0, 1, 0, 0, 0, 0, 1);
        assertThat(table.origin().columns()).startsWith(new SourceColumn("Or_igin_japan", "Or igin", "japan"),
                new SourceColumn("Or_igin_usa", "Or igin", "usa"), new SourceColumn("x", "x", null));
        assertThat(Asked.of("w,w_a", "").oneHot("w").read("w,w_a\na,1\n-,2\n+,3\n").samples().inputNames())
                .containsExactly("w_2", "w_3", "w_a_2", "w_a");
    }

    @Test
    void wordsThatAreNotAskedForAreRefusedOnceForEveryColumn() {
        Asked.of(null, "y").refuses("origin,brand,y\n" + "usa,ford,1\n".repeat(2) + "eu,vw,1.x\n",
                "column 'origin', line 2: 'usa' is not a finite number; line 3: 'usa' is not a finite number; "
                        + "line 4: 'eu' is not a finite number; name in na what means that there is no value, "
                        + "or words in oneHot=origin, or leave the column out",
                "column 'brand', line 2: 'ford' is not a finite number; line 3: 'ford' is not a finite number; "
                        + "line 4: 'vw' is not a finite number; name in na what means that there is no value, "
                        + "or words in oneHot=brand, or leave the column out",
                "column 'y', line 4: '1.x' is not a finite number; name in na what means that there is no value");
    }

    @Test
    void aThousandWordsAreColumnsAndOneMoreIsRefused() {
        String thousand = IntStream.range(0, 1000).mapToObj(i -> "w" + i + ",1\n").collect(Collectors.joining("", "w,y\n", ""));
        assertThat(Asked.of("w", "y").oneHot("w").read(thousand + "w0,1\n").samples().inputDimension()).isEqualTo(1000);
        Asked.of("w", "y").oneHot("w").refuses(thousand + "more,1\n" + "w0,x\n",
                "column 'w' has more than 1000 different words, too many for oneHot");
        Asked.of("w", "y").oneHot("w").refuses("w,y\n" + "n".repeat(201) + ",1\n",
                "column 'w' has more than 200 characters on line 2");
        // 20,001 rows of a thousand columns are more numbers than a dataset may have.
        Asked.of("w", "y").oneHot("w").refuses(thousand + "w0,1\n".repeat(19_001), "the file must have at most 20000000 numbers");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        Asked.of("a,q", "a").rename("r:s", "b:exp").oneHot("b", "p").refuses("a,b\n1,2\n3\n4,5,6\n",
                "/rename/0 there is no column 'r'; columns are a, b",
                "/rename/1 the new name must not be 'exp', which equations use",
                "/inputs/0 must not be 'a', as /targets/0 is",
                "/inputs/1 there is no column 'q'; columns are a, exp ('b')",
                "/oneHot/0 must be among the inputs or the targets",
                "/oneHot/1 there is no column 'p'; columns are a, exp ('b')",
                "line 3 has 1 field, the header has 2; line 4 has 3 fields, the header has 2");
    }

    @Test
    void columnsOfTheSameHeaderAreNumbered() {
        String csv = "a b,y,a b,a.b,\n1,2,3,4,5\n";
        Table table = Asked.of(null, "y").read(csv);
        assertThat(table.samples().inputNames()).containsExactly("a_b_1", "a_b_2", "a_b", "c5");
        assertThat(table.origin().columns()).extracting(SourceColumn::header).containsExactly("a_b_1", "a_b_2", "a.b", "c5", "y");
        assertThat(Asked.of("c5,a_b_2", "a_b_1").rename("a_b_2:u", "c5:v").read(csv).samples()).usingRecursiveComparison().isEqualTo(
                new Samples(List.of("v", "u"), List.of("a_b_1"), new double[] {5, 3}, new double[] {1}));
        assertThat(Asked.of(null, "sin_2").read("x,sin,x_3,sin,x\n1,2,3,4,5\n").samples().inputNames())
                .containsExactly("x_1", "sin_1", "x_3", "x_2");
        String longest = "q".repeat(70);
        assertThat(Asked.of(null, "y").read(longest + "," + longest + ",y\n1,2,3\n").samples().inputNames())
                .containsExactly("q".repeat(62) + "_1", "q".repeat(62) + "_2");
        assertThat(Asked.of(null, "k_1,k_2").oneHot("k_1", "k_2").read("x,k,k\n1,a,b\n2,b,a\n").origin().columns()).endsWith(
                new SourceColumn("k_2_a", "k_2", "a"), new SourceColumn("k_2_b", "k_2", "b"));
        assertThat(Asked.of("u,v", "").rename("a:u", "c,d:e:v", "e_f:w").read("a,\"c,d:e\",e f\n1,2,3\n").samples().inputs())
                .containsExactly(1, 2);
    }

    @Test
    void namesThatWouldBeTwoColumnsAreRefused() {
        Asked.of("x", "").refuses("x,x,z\n1,2,3\n", "/inputs/0 there are several columns 'x', called x_1, x_2");
        Asked.of(null, "x").rename("x:u").refuses("x,x,z\n1,2,3\n", "/rename/0 there are several columns 'x', called x_1, x_2",
                "/targets/0 there are several columns 'x', called x_1, x_2");
        Asked.of("u", "").rename("x_1:x_2", "x_2:x_1").refuses("x,x,u\n1,2,3\n",
                "/rename/0 the new name must not be 'x_2', as another column is",
                "/rename/1 the new name must not be 'x_1', as another column is");
        Asked.of("u", "").rename("c1:c2", "c2:c1").refuses(",,u\n1,2,3\n",
                "/rename/0 the new name must not be 'c2', as another column is",
                "/rename/1 the new name must not be 'c1', as another column is");
        Asked.of(null, "x_2").refuses("x,x,x_2\n1,2,3\n",
                "number 2 of the columns 'x' is called x_2, as another column is: give them different headers");
        Asked.of(null, "y").refuses("a b,a b,a_b_1,y\n1,2,3,4\n",
                "number 1 of the columns 'a b' is called a_b_1, as another column is: give them different headers");
        Asked.of("z", "").rename("x:z").refuses("x,z\n1,2\n",
                "/rename/0 the new name must not be 'z', as another column is");
        Asked.of("a", "").rename("a:b", "b:a").refuses("a,b\n1,2\n",
                "/inputs/0 'a' is the header of one column and the name of another: rename none so");
        Asked.of("z", "").rename("x:u", "x:v").refuses("x,z\n1,2\n", "/rename/1 column 'x' is renamed already");
        assertThat(Asked.of("z", "").read("x,x,z\n1,2,3\n").samples().inputs()).containsExactly(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '\0', value = {
        "x,y\\n1,\"2\\n # the file is no CSV: Unclosed quoted field at end of input (record starting at line 2)",
        "x,y\\n1,2\\n1,\"2\"3\\n # the file is no CSV: Unexpected character after closing quote: '3' (0x33) (record starting at line 3)",
        "'' # the file is empty, must begin with a header",
        "x,y\\n # the file must have at least one row"
    })
    void whatIsNoTableIsRefused(String csv, String detail) {
        Asked.of("x", "y").refuses(csv.replace("\\n", "\n").replace("''", ""), detail);
    }

    @Test
    void aFileIsReadNoFurtherThanWhatIsWrongIsTold() {
        String told = "column 'x', line 2: 'y' is not a finite number; line 3: 'y' is not a finite number; line 4: 'y' is not a finite "
                + "number; and 17 more; what follows was not read; name in na what means that there is no value, "
                + "or words in oneHot=x, or leave the column out";
        Asked.of("x", "").refuses("x,z\n" + "y,1\n".repeat(20) + "1\n\"", told);
        Asked.of("x", "").refuses("x,z\n" + "1\n".repeat(20) + "\"", IntStream.range(2, 22)
                .mapToObj(line -> "line " + line + " has 1 field, the header has 2").collect(Collectors.joining("; "))
                + "; what follows was not read");
    }

    @Test
    void rowsThatAreLeftOutAreWorkToo() {
        assertThatThrownBy(() -> Work.within(1000, () -> Asked.of("x", "").drop().read("x,z\n" + ",1\n".repeat(10))))
                .isInstanceOf(WorkLimitException.class);
    }

    @Test
    void aLineOfTooManyFieldsIsRefusedWithBothNumbers() {
        Asked.of("x", "").refuses("x" + ",y".repeat(16_384) + "\n", "the file must have at most 16384 fields on a line, has 16385 on line 1");
        Asked.of("x", "").refuses("x,y\n1" + ",2".repeat(299_999) + "\n", "line 2 has 300000 fields, the header has 2");
        assertThat(Asked.of("c1", "").noHeader().read("1" + ",2".repeat(16_383) + "\n").samples().inputs()).containsExactly(1);
    }

    @Test
    void spaceAroundQuotationMarksIsNoPartOfAField() {
        assertThat(Asked.of("a", "b c").delimiter(Delimiter.TAB).read("\"a\" \t \"b c\"\n \"1\"\t2\n").samples().targets())
                .containsExactly(2);
    }

    @Test
    void halfAMillionRowsAreReadOneByOne() {
        var csv = new StringBuilder("a;b\n");
        for (int i = 0; i < 500_000; i++) {
            csv.append(i).append(";").append(i).append(",5\n");
        }
        Samples samples = Asked.of("a", "b").decimalComma().read(csv.toString()).samples();
        assertThat(samples.size()).isEqualTo(500_000);
        assertThat(samples.targets()[499_999]).isEqualTo(499_999.5);
    }
}
