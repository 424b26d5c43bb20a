import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.pdf.PDFParser;
import org.apache.tika.sax.BodyContentHandler;

/** Prints the text of a PDF, as Tika gives it without any setting. */
public class ReadWithTika {
  public static void main(String[] args) throws Exception {
    BodyContentHandler text = new BodyContentHandler(-1);
    try (InputStream pdf = Files.newInputStream(Path.of(args[0]))) {
      new PDFParser().parse(pdf, text, new Metadata(), new ParseContext());
    }
    System.out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }
}
