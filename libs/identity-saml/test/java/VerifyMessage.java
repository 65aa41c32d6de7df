import java.io.File;
import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Has the JDK verify the signature of a message, which names its root by the attribute ID.
 *
 * <p>Usage: java VerifyMessage.java LIST, where every line of LIST is "document TAB certificate". Prints a line for each:
 * "holds", "does not hold", or "refused" and the class of the exception.
 */
public final class VerifyMessage {
  public static void main(String[] arguments) throws Exception {
    DocumentBuilderFactory documents = DocumentBuilderFactory.newInstance();
    documents.setNamespaceAware(true);
    documents.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    XMLSignatureFactory signatures = XMLSignatureFactory.getInstance("DOM");
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      String[] files = line.split("\t");
      System.out.println(verdict(documents, signatures, new File(files[0]), new File(files[1])));
    }
  }

  private static String verdict(
      DocumentBuilderFactory documents, XMLSignatureFactory signatures, File xml, File certificate) {
    try {
      Document document = documents.newDocumentBuilder().parse(xml);
      Element root = document.getDocumentElement();
      root.setIdAttribute("ID", true);
      Element signature = (Element) document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature").item(0);
      DOMValidateContext context = new DOMValidateContext(keyOf(certificate), signature);
      return signatures.unmarshalXMLSignature(context).validate(context) ? "holds" : "does not hold";
    } catch (Exception e) {
      return "refused " + e.getClass().getSimpleName();
    }
  }

  private static PublicKey keyOf(File certificate) throws Exception {
    try (FileInputStream in = new FileInputStream(certificate)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in).getPublicKey();
    }
  }
}
