package dev.nabla.plots;

import java.awt.Color;

/**
 * The colours from least to greatest: as even to those who see colours otherwise, and in grey, as to everybody (Smith and van der
 * Walt 2015), linear between sixteenths.
 */
final class Viridis {

    private static final int[] STOPS = {0x440154, 0x481A6C, 0x472F7D, 0x414487, 0x39568C, 0x31688E, 0x2A788E, 0x23888E, 0x1F988B,
        0x22A884, 0x35B779, 0x54C568, 0x7AD151, 0xA5DB36, 0xD2E21B, 0xFDE725};
    private static final int BYTE = 0xFF;
    private static final int GREEN = 8;
    private static final int RED = 16;

    private Viridis() {}

    /** @param share from 0, of the least, to 1, of the greatest */
    static Color at(double share) {
        double place = Math.clamp(share, 0, 1) * (STOPS.length - 1);
        int stop = Math.min((int) place, STOPS.length - 2);
        double rest = place - stop;
        return new Color(mixed(stop, RED, rest), mixed(stop, GREEN, rest), mixed(stop, 0, rest));
    }

    private static int mixed(int stop, int shift, double rest) {
        int from = STOPS[stop] >> shift & BYTE;
        int to = STOPS[stop + 1] >> shift & BYTE;
        return (int) Math.round(from + rest * (to - from));
    }
}
