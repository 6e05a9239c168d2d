package dev.nabla.plots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A picture read back. */
public final class Svg {

    private static final Pattern POINT = Pattern.compile("[ML](-?[\\d.]+) (-?[\\d.]+)");

    private final Document document;

    private Svg(Document document) {
        this.document = document;
    }

    /** Fails on what is no XML, has a document type, or has a place or a size that is no number. */
    public static Svg of(byte[] bytes) {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var svg = new Svg(factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes)));
            svg.all("*").forEach(Svg::requireNumbers);
            return svg;
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void requireNumbers(Element element) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            assertThat(attributes.item(i).getNodeValue())
                    .as("%s of %s", attributes.item(i).getNodeName(), element.getTagName())
                    .doesNotContain("NaN", "Infinity", "∞", "\uFFFD");
        }
    }

    public Element root() {
        return document.getDocumentElement();
    }

    public List<String> texts() {
        return all("text").stream().map(Element::getTextContent).toList();
    }

    public List<Element> all(String name) {
        NodeList found = document.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
    }

    /** The paths that are lines, by the number of their points, the longest first: {@code [point][x, y]}. */
    public List<double[][]> lines() {
        return all("path").stream().filter(path -> path.getAttribute("fill").equals("none")).map(Svg::points)
                .sorted(Comparator.comparingInt((double[][] points) -> points.length).reversed()).toList();
    }

    /** How many areas have a curved edge, as dots have and nothing else. */
    public long dots() {
        return all("path").stream().filter(path -> path.getAttribute("d").contains("C"))
                .filter(path -> path.getAttribute("stroke").equals("none")).count();
    }

    static double[][] points(Element path) {
        return POINT.matcher(path.getAttribute("d")).results().map(point ->
                new double[] {Double.parseDouble(point.group(1)), Double.parseDouble(point.group(2))}).toArray(double[][]::new);
    }

    /** What a place is worth, by the marks of the first axis of its direction and the numbers beside them: {@code [place, number]}. */
    public double[][] marks(boolean isVertical) {
        String fixed = isVertical ? "y" : "x";
        String along = isVertical ? "x" : "y";
        var marks = new ArrayList<double[]>();
        List<Element> elements = all("*");
        for (Element line : all("line")) {
            boolean isMark = line.getAttribute(fixed + "1").equals(line.getAttribute(fixed + "2"))
                    && Math.abs(number(line, along + "2") - number(line, along + "1")) == 5;
            if (isMark) {
                // The number stands before its mark.
                Element text = elements.get(elements.indexOf(line) - 1);
                marks.add(new double[] {number(line, fixed + "1"), Double.parseDouble(text.getTextContent().replace('−', '-'))});
            }
        }
        return marks.toArray(double[][]::new);
    }

    private static double number(Element element, String name) {
        return Double.parseDouble(element.getAttribute(name));
    }
}
