package dev.nabla.plots;

import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The sheet on which something is drawn, black on white. The same drawing gives the same bytes, with the same fonts.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record Picture(int width, int height) {

    private static final double LEAST_WIDTH = 480;
    private static final double LEAST_HEIGHT = 360;
    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String FONT_FAMILY = "font-family";
    /** Fonts as wide as that by which the text was laid out, wherever the picture is looked at. */
    private static final String FONTS = "'DejaVu Sans', Verdana, sans-serif";
    private static final double NANOS_OF_PIXEL = 50;
    private static final int DECIMALS = 2;

    /** How a picture is written. */
    public enum Format {
        SVG,
        PNG
    }

    /**
     * The bytes of a drawing.
     *
     * @throws NoFontsException if its text cannot be drawn on this machine
     */
    public byte[] of(Drawing drawing, Format format) {
        Style.requireFonts();
        return switch (format) {
            case SVG -> svg(drawing);
            case PNG -> png(drawing);
        };
    }

    /** Pixels of a unit of drawings. */
    private double scale() {
        return Math.min(width / LEAST_WIDTH, height / LEAST_HEIGHT);
    }

    private Rectangle2D area() {
        return new Rectangle2D.Double(0, 0, width / scale(), height / scale());
    }

    private byte[] png(Drawing drawing) {
        Work.hold(Place.HEAP, (long) Integer.BYTES * width * height);
        Work.spend(NANOS_OF_PIXEL * width * height);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.scale(scale(), scale());
        drawing.draw(graphics, area());
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private byte[] svg(Drawing drawing) {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
        context.setComment(null);
        context.setPrecision(DECIMALS);
        var graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(width, height));
        Rectangle2D area = area();
        drawing.draw(graphics, area);
        Element root = graphics.getRoot();
        root.setAttribute("viewBox", "0 0 " + context.doubleString(area.getWidth()) + " " + context.doubleString(area.getHeight()));
        nameFonts(root);
        NodeList all = root.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            nameFonts((Element) all.item(i));
        }
        return written(root);
    }

    private static void nameFonts(Element element) {
        if (element.hasAttribute(FONT_FAMILY)) {
            element.setAttribute(FONT_FAMILY, FONTS);
        }
    }

    /** By the JDK: Batik would refer to the document type of SVG 1.0, for which parsers look elsewhere. */
    private static byte[] written(Element root) {
        var bytes = new ByteArrayOutputStream();
        try {
            TransformerFactory.newDefaultInstance().newTransformer().transform(new DOMSource(root), new StreamResult(bytes));
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
