package dev.nabla.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "-0.0", "0e-400", "-0.000e999", ".0"})
    void zeroHasNoSign(String text) {
        assertThat(Double.doubleToRawLongBits(Decimal.read(text))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.9e-324", "-4.9e-324", "2.48e-324", "1.7976931348623157e308", "0.1", "-1e-320"})
    void whatADoubleIsNearToIsReadAsJavaReadsIt(String text) {
        assertThat(Decimal.read(text)).isEqualTo(Double.parseDouble(text)).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-400", "-9e-400", "2.47e-324", "0.0000000001e-320", "1E-999999999"})
    void whatOnly0WouldBeLeftOfIsRefused(String text) {
        assertThatThrownBy(() -> Decimal.read(text)).isInstanceOf(ArithmeticException.class)
                .hasMessage(text + " is smaller than any double but 0; write 0 if that is meant");
    }

    @Test
    void whatIsTooLargeIsRefusedAndShownByItsBeginning() {
        assertThatThrownBy(() -> Decimal.read("-1e309")).hasMessage("-1e309 is larger than any double");
        assertThatThrownBy(() -> Decimal.read("9".repeat(400)))
                .hasMessage("9".repeat(40) + "… is larger than any double");
        String whole = "0".repeat(35) + "1e309";
        assertThatThrownBy(() -> Decimal.read(whole)).hasMessage(whole + " is larger than any double");
    }
}
