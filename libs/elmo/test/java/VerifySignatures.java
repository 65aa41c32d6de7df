import java.io.File;
import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Has the JDK verify the signature at the root of documents, with the key of a certificate and no other.
 *
 * <p>Usage: java VerifySignatures.java LIST, where every line of LIST is "document TAB certificate". Prints a line for
 * each: "holds", "does not hold", or "refused" and the class of the exception.
 */
public final class VerifySignatures {
  public static void main(String[] arguments) throws Exception {
    DocumentBuilderFactory documents = DocumentBuilderFactory.newInstance();
    documents.setNamespaceAware(true);
    documents.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    documents.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    XMLSignatureFactory signatures = XMLSignatureFactory.getInstance("DOM");
    StringBuilder said = new StringBuilder();
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      String[] files = line.split("\t");
      said.append(verdict(documents, signatures, new File(files[0]), new File(files[1]))).append('\n');
    }
    System.out.print(said);
  }

  private static String verdict(
      DocumentBuilderFactory documents, XMLSignatureFactory signatures, File xml, File certificate) {
    try {
      Document document = documents.newDocumentBuilder().parse(xml);
      DOMValidateContext context = new DOMValidateContext(keyOf(certificate), rootSignature(document));
      // SHA-1 is a matter of policy, not of canonical form.
      context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.FALSE);
      XMLSignature signature = signatures.unmarshalXMLSignature(context);
      return signature.validate(context) ? "holds" : "does not hold";
    } catch (Exception e) {
      return "refused " + e.getClass().getSimpleName();
    }
  }

  private static Element rootSignature(Document document) {
    for (Node node = document.getDocumentElement().getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element
          && XMLSignature.XMLNS.equals(node.getNamespaceURI())
          && "Signature".equals(node.getLocalName())) {
        return (Element) node;
      }
    }
    throw new IllegalArgumentException("not signed");
  }

  private static PublicKey keyOf(File certificate) throws Exception {
    try (FileInputStream in = new FileInputStream(certificate)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in).getPublicKey();
    }
  }
}
