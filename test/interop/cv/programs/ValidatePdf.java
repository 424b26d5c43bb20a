import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Validates a PDF by the rules of a flavour, such as ua1. Prints how many checks were made, and a line for
 * each rule that failed: clause, number of the test, how often, what the rule says of its first place.
 */
public class ValidatePdf {
  public static void main(String[] args) throws Exception {
    Logger.getLogger("").setLevel(Level.SEVERE);
    VeraGreenfieldFoundryProvider.initialise();
    PDFAFlavour flavour = PDFAFlavour.byFlavourId(args[0]);
    try (InputStream pdf = Files.newInputStream(Path.of(args[1]));
        PDFAParser parser = Foundries.defaultInstance().createParser(pdf, flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      report(validator.validate(parser));
    }
  }

  private static void report(ValidationResult result) {
    System.out.println(result.getTotalAssertions());
    Map<String, String> rules = new TreeMap<>();
    for (TestAssertion assertion : result.getTestAssertions()) {
      RuleId rule = assertion.getRuleId();
      int times = result.getFailedChecks().getOrDefault(rule, 0);
      String place = assertion.getLocation().getContext();
      String name = rule.getClause() + " test " + rule.getTestNumber();
      rules.putIfAbsent(name, name + ", " + times + " times: " + assertion.getMessage() + " (" + place + ")");
    }
    rules.values().forEach(System.out::println);
  }
}
