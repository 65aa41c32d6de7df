import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.xml.XMLConstants;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXParseException;

/**
 * What the JDK alone needs for the same work: XML signatures, schema validation, gzip and base64, each as its
 * documentation recommends it, with everything made beforehand that can be used again.
 *
 * <p>{@code java ElmoBench.java FOLDER SCHEMA}; then one question a line on standard input: {@code run OPERATION DOCUMENT
 * MILLISECONDS}, {@code load OPERATION DOCUMENT} or {@code memory}.
 */
public final class ElmoBench {
  private static final String DSIG = XMLSignature.XMLNS;

  /** A document that is not XML yet: what a program knows before it writes. */
  private record Branch(String namespace, String name, List<String[]> attributes, List<Object> children) {}

  private final Path folder;
  private final DocumentBuilder parser;
  private final DocumentBuilder validatingParser;
  private final XMLSignatureFactory signatures = XMLSignatureFactory.getInstance("DOM");
  private final Transformer writer;
  private final PublicKey publicKey;
  private final PrivateKey privateKey;
  private final X509Certificate certificate;

  private String loaded = "";
  private String packed;
  private Branch model;
  /** Kept, so that reading is not found to be without effect. */
  private ElmoModel.Elmo lastRead;

  private ElmoBench(Path folder, File schema) throws Exception {
    this.folder = folder;
    DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
    parsers.setNamespaceAware(true);
    parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    // Quicker for documents that are read to their end anyway.
    parsers.setFeature("http://apache.org/xml/features/dom/defer-node-expansion", false);
    parser = parsers.newDocumentBuilder();
    SchemaFactory schemas = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    schemas.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
    // Validating while parsing was quicker than validating the tree, and that than the bytes. The schema has no defaults
    // for elements and attributes, which would change what was signed.
    parsers.setSchema(schemas.newSchema(new StreamSource(schema)));
    validatingParser = parsers.newDocumentBuilder();
    validatingParser.setErrorHandler(new Refusing());
    writer = TransformerFactory.newInstance().newTransformer();
    String pem = Files.readString(folder.resolve("key.pem")).replaceAll("-----[A-Z ]+-----|\\s", "");
    privateKey =
        KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    byte[] certificateBytes = Files.readAllBytes(folder.resolve("certificate.pem"));
    certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificateBytes));
    publicKey = certificate.getPublicKey();
  }

  private static final class Refusing implements ErrorHandler {
    @Override
    public void warning(SAXParseException found) {}

    @Override
    public void error(SAXParseException found) throws SAXParseException {
      throw found;
    }

    @Override
    public void fatalError(SAXParseException found) throws SAXParseException {
      throw found;
    }
  }

  /** Unpack, verify, validate, and read when asked for. */
  private void receive(boolean read) throws Exception {
    byte[] gzipped = Base64.getDecoder().decode(packed);
    Document document;
    try (GZIPInputStream xml = new GZIPInputStream(new ByteArrayInputStream(gzipped), 65536)) {
      document = validatingParser.parse(xml);
    }
    Node signature = document.getDocumentElement().getLastChild();
    while (!(DSIG.equals(signature.getNamespaceURI()) && "Signature".equals(signature.getLocalName()))) {
      signature = signature.getPreviousSibling();
    }
    DOMValidateContext context = new DOMValidateContext(KeySelector.singletonKeySelector(publicKey), signature);
    if (!signatures.unmarshalXMLSignature(context).validate(context)) throw new Exception("not verified");
    if (read) lastRead = ElmoModel.read(document.getDocumentElement());
  }

  /** Write and sign, and pack when asked for. */
  private String send(boolean pack) throws Exception {
    Document document = parser.newDocument();
    document.appendChild(grow(document, model));
    SignedInfo signedInfo =
        signatures.newSignedInfo(
            signatures.newCanonicalizationMethod(CanonicalizationMethod.INCLUSIVE, (C14NMethodParameterSpec) null),
            signatures.newSignatureMethod("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", null),
            Collections.singletonList(wholeDocument()));
    KeyInfoFactory keyInfos = signatures.getKeyInfoFactory();
    KeyInfo keyInfo =
        keyInfos.newKeyInfo(
            List.of(
                keyInfos.newX509Data(List.of(certificate.getSubjectX500Principal().getName(), certificate))));
    signatures
        .newXMLSignature(signedInfo, keyInfo)
        .sign(new DOMSignContext(privateKey, document.getDocumentElement()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    writer.transform(new DOMSource(document), new StreamResult(bytes));
    if (!pack) return String.valueOf(bytes.size());
    ByteArrayOutputStream gzipped = new ByteArrayOutputStream(1 << 16);
    try (GZIPOutputStream gzip = new GZIPOutputStream(gzipped, 65536)) {
      bytes.writeTo(gzip);
    }
    return Base64.getEncoder().encodeToString(gzipped.toByteArray());
  }

  private Reference wholeDocument() throws Exception {
    Transform enveloped = signatures.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null);
    DigestMethod digest = signatures.newDigestMethod(DigestMethod.SHA256, null);
    return signatures.newReference("", digest, Collections.singletonList(enveloped), null, null);
  }

  private static Element grow(Document document, Branch branch) {
    Element element = document.createElementNS(branch.namespace, branch.name);
    for (String[] attribute : branch.attributes) element.setAttributeNS(attribute[0], attribute[1], attribute[2]);
    for (Object child : branch.children) {
      element.appendChild(
          child instanceof Branch below ? grow(document, below) : document.createTextNode((String) child));
    }
    return element;
  }

  private static Branch branch(Element element) {
    List<String[]> attributes = new ArrayList<>();
    NamedNodeMap written = element.getAttributes();
    for (int i = 0; i < written.getLength(); i++) {
      Attr attribute = (Attr) written.item(i);
      attributes.add(new String[] {attribute.getNamespaceURI(), attribute.getName(), attribute.getValue()});
    }
    List<Object> children = new ArrayList<>();
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element below) children.add(branch(below));
      else children.add(child.getNodeValue());
    }
    return new Branch(element.getNamespaceURI(), element.getTagName(), attributes, children);
  }

  private void load(String operation, String document) throws Exception {
    boolean receives = operation.startsWith("receive");
    String wanted = (receives ? "packed " : "model ") + document;
    if (wanted.equals(loaded)) return;
    packed = null;
    model = null;
    lastRead = null;
    if (receives) {
      packed = Files.readString(folder.resolve(document + ".packed"), StandardCharsets.ISO_8859_1);
    } else {
      Document tree = parser.parse(folder.resolve(document + ".unsigned.xml").toFile());
      model = branch(tree.getDocumentElement());
    }
    loaded = wanted;
  }

  private void once(String operation) throws Exception {
    if (operation.startsWith("receive")) receive(operation.equals("receive"));
    else if (send(operation.equals("pack")).isEmpty()) throw new Exception("nothing was written");
  }

  /** The median of as many runs as the time allows, and their number. */
  private String run(String operation, String document, double milliseconds) throws Exception {
    load(operation, document);
    List<Double> times = new ArrayList<>();
    long end = System.nanoTime() + (long) (milliseconds * 1e6);
    do {
      long began = System.nanoTime();
      once(operation);
      times.add((System.nanoTime() - began) / 1e6);
    } while (System.nanoTime() < end);
    Collections.sort(times);
    return String.format(Locale.ROOT, "%.6f %d", times.get((times.size() - 1) / 2), times.size());
  }

  /** Resident bytes now, and at most since the last question, where the system tells. */
  private static String memory() throws Exception {
    System.gc();
    String[] found = {"-1", "-1"};
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) return "-1 -1";
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) found[0] = String.valueOf(Long.parseLong(line.replaceAll("\\D", "")) * 1024);
      if (line.startsWith("VmHWM:")) found[1] = String.valueOf(Long.parseLong(line.replaceAll("\\D", "")) * 1024);
    }
    Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    return String.join(" ", found);
  }

  private String answer(String[] question) throws Exception {
    switch (question[0]) {
      case "run":
        return run(question[1], question[2], Double.parseDouble(question[3]));
      case "load":
        load(question[1], question[2]);
        return "loaded";
      case "memory":
        return memory();
      default:
        throw new IllegalArgumentException("unknown question " + Arrays.toString(question));
    }
  }

  public static void main(String[] args) throws Exception {
    long began = System.nanoTime();
    ElmoBench bench = new ElmoBench(Path.of(args[0]), new File(args[1]));
    System.out.printf(Locale.ROOT, "ready %.1f%n", (System.nanoTime() - began) / 1e6);
    BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      try {
        System.out.println(bench.answer(line.split(" ")));
      } catch (Exception error) {
        System.out.println("failed " + String.valueOf(error).replaceAll("\\s+", " "));
      }
    }
  }
}
