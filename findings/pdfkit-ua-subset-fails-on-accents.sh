#!/usr/bin/env bash
# pdfkit's option `subset: 'PDF/UA'` makes PDFs that fail PDF/UA-1 once they have a letter with an accent. The option
# also writes a CIDSet, which lacks the parts that fonts compose such letters of; PDF/UA-1 (7.21.4.2) wants all of
# the embedded font's glyphs in it, or no CIDSet. With the identification written by `appendXML` instead there is none.
#
# Versions: pdfkit 0.20.2 of npm, veraPDF validation-model 1.30.2 of Maven Central, dejavu-fonts-ttf 2.37.3 of npm.
# Seen:     with the option: "e" passes, "é" fails 7.21.4.2 test 2; with appendXML: both pass.
# So:       write `pdfuaid:part` by `appendXML`, and leave the option away.
# It needs Node, a JDK 17 and Maven.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund pdfkit@0.20.2 dejavu-fonts-ttf@2.37.3 > /dev/null
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId><artifactId>judge</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>org.verapdf</groupId><artifactId>validation-model</artifactId><version>1.30.2</version>
  </dependency></dependencies>
</project>
XML
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies -DoutputDirectory=jars > /dev/null

cat > write.cjs <<'JS'
const { createWriteStream } = require('node:fs');
const PDFDocument = require('pdfkit');
const [, , letter, way, path] = process.argv;
const ua = '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>';
const pdf = new PDFDocument({
  pdfVersion: '1.7', tagged: true, lang: 'en', displayTitle: true, info: { Title: 'A letter' },
  ...(way === 'option' && { subset: 'PDF/UA' }),
});
pdf.pipe(createWriteStream(path));
if (way === 'appendXML') pdf.appendXML(ua);
pdf.font('node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
pdf.addStructure(pdf.struct('Document', {}, pdf.struct('P', {}, () => pdf.text(letter))));
pdf.end();
JS
cat > Judge.java <<'JAVA'
import java.io.FileInputStream;
import java.util.stream.Collectors;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

public class Judge {
  public static void main(String[] args) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    var foundry = Foundries.defaultInstance();
    try (var in = new FileInputStream(args[0]);
        var parser = foundry.createParser(in, PDFAFlavour.PDFUA_1);
        var validator = foundry.createValidator(PDFAFlavour.PDFUA_1, false)) {
      var failed = validator.validate(parser).getFailedChecks().keySet();
      System.out.println(failed.isEmpty() ? "passes" : failed.stream()
          .map(rule -> "fails " + rule.getClause() + " test " + rule.getTestNumber()).collect(Collectors.joining(", ")));
    }
  }
}
JAVA
seen=$(for way in option appendXML; do
  for letter in e é; do
    node write.cjs "$letter" "$way" letter.pdf
    echo "$way, $letter: $(java -cp 'jars/*' Judge.java letter.pdf 2> /dev/null)"
  done
done)
echo "$seen"
[ "$seen" = 'option, e: passes
option, é: fails 7.21.4.2 test 2
appendXML, e: passes
appendXML, é: passes' ] || { echo 'changed' >&2; exit 1; }
