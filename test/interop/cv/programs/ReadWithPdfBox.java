import java.io.File;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/** Prints the text of a PDF, as PDFBox gives it without any setting. */
public class ReadWithPdfBox {
  public static void main(String[] args) throws Exception {
    try (PDDocument document = Loader.loadPDF(new File(args[0]))) {
      String text = new PDFTextStripper().getText(document);
      System.out.write(text.getBytes(StandardCharsets.UTF_8));
      System.out.flush();
    }
  }
}
