import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What the benchmark's documents say, read from their tree as a program would read it: a field for each thing. */
final class ElmoModel {
  /** A text with its language, or an identifier or credit with its type. */
  record Labelled(String label, String value) {}

  record Learner(String citizenship, List<Labelled> identifiers, String givenNames, String familyName, String bday) {}

  record Issuer(String country, List<Labelled> identifiers, List<Labelled> titles, String url) {}

  record Term(List<Labelled> titles, String start, String end) {}

  record Instance(
      String date,
      Term term,
      String status,
      String resultLabel,
      List<Labelled> credits,
      List<Labelled> levels,
      String language) {}

  record Opportunity(
      List<Labelled> identifiers,
      List<Labelled> titles,
      String type,
      String iscedCode,
      List<Labelled> descriptions,
      Instance instance,
      List<Opportunity> parts) {}

  record Attachment(List<Labelled> titles, String type, List<Labelled> contents) {}

  record Report(Issuer issuer, List<Opportunity> opportunities, String issueDate, List<Attachment> attachments) {}

  record Elmo(String generatedDate, Learner learner, List<Report> reports) {}

  private ElmoModel() {}

  static Elmo read(Element element) {
    String generatedDate = null;
    Learner learner = null;
    List<Report> reports = new ArrayList<>();
    for (Element child = first(element); child != null; child = next(child)) {
      switch (child.getLocalName()) {
        case "generatedDate" -> generatedDate = child.getTextContent();
        case "learner" -> learner = learner(child);
        case "report" -> reports.add(report(child));
        default -> {}
      }
    }
    return new Elmo(generatedDate, learner, reports);
  }

  private static Learner learner(Element element) {
    String citizenship = null;
    String givenNames = null;
    String familyName = null;
    String bday = null;
    List<Labelled> identifiers = new ArrayList<>();
    for (Element child = first(element); child != null; child = next(child)) {
      switch (child.getLocalName()) {
        case "citizenship" -> citizenship = child.getTextContent();
        case "identifier" -> identifiers.add(typed(child));
        case "givenNames" -> givenNames = child.getTextContent();
        case "familyName" -> familyName = child.getTextContent();
        case "bday" -> bday = child.getTextContent();
        default -> {}
      }
    }
    return new Learner(citizenship, identifiers, givenNames, familyName, bday);
  }

  private static Report report(Element element) {
    Issuer issuer = null;
    String issueDate = null;
    List<Opportunity> opportunities = new ArrayList<>();
    List<Attachment> attachments = new ArrayList<>();
    for (Element child = first(element); child != null; child = next(child)) {
      switch (child.getLocalName()) {
        case "issuer" -> issuer = issuer(child);
        case "learningOpportunitySpecification" -> opportunities.add(opportunity(child));
        case "issueDate" -> issueDate = child.getTextContent();
        case "attachment" -> attachments.add(attachment(child));
        default -> {}
      }
    }
    return new Report(issuer, opportunities, issueDate, attachments);
  }

  private static Issuer issuer(Element element) {
    String country = null;
    String url = null;
    List<Labelled> identifiers = new ArrayList<>();
    List<Labelled> titles = new ArrayList<>();
    for (Element child = first(element); child != null; child = next(child)) {
      switch (child.getLocalName()) {
        case "country" -> country = child.getTextContent();
        case "identifier" -> identifiers.add(typed(child));
        case "title" -> titles.add(inLanguage(child));
        case "url" -> url = child.getTextContent();
        default -> {}
      }
    }
    return new Issuer(country, identifiers, titles, url);
  }

  private static Opportunity opportunity(Element element) {
    String type = null;
    String iscedCode = null;
    Instance instance = null;
    List<Labelled> identifiers = new ArrayList<>();
    List<Labelled> titles = new ArrayList<>();
    List<Labelled> descriptions = new ArrayList<>();
    List<Opportunity> parts = new ArrayList<>();
    for (Element child = first(element); child != null; child = next(child)) {
      switch (child.getLocalName()) {
        case "identifier" -> identifiers.add(typed(child));
        case "title" -> titles.add(inLanguage(child));
        case "type" -> type = child.getTextContent();
        case "iscedCode" -> iscedCode = child.getTextContent();
        case "description" -> descriptions.add(inLanguage(child));
        case "specifies" -> instance = instance(first(child));
        case "hasPart" -> parts.add(opportunity(first(child)));
        default -> {}
      }
    }
    return new Opportunity(identifiers, titles, type, iscedCode, descriptions, instance, parts);
  }

  private static Instance instance(Element element) {
    String date = null;
    Term term = null;
    String status = null;
    String resultLabel = null;
    String language = null;
    List<Labelled> credits = new ArrayList<>();
    List<Labelled> levels = new ArrayList<>();
    for (Element child = first(element); child != null; child = next(child)) {
      switch (child.getLocalName()) {
        case "date" -> date = child.getTextContent();
        case "academicTerm" -> term = term(child);
        case "status" -> status = child.getTextContent();
        case "resultLabel" -> resultLabel = child.getTextContent();
        case "credit" -> credits.add(pair(child, "scheme"));
        case "level" -> levels.add(pair(child, "type"));
        case "languageOfInstruction" -> language = child.getTextContent();
        default -> {}
      }
    }
    return new Instance(date, term, status, resultLabel, credits, levels, language);
  }

  private static Term term(Element element) {
    String start = null;
    String end = null;
    List<Labelled> titles = new ArrayList<>();
    for (Element child = first(element); child != null; child = next(child)) {
      switch (child.getLocalName()) {
        case "title" -> titles.add(inLanguage(child));
        case "start" -> start = child.getTextContent();
        case "end" -> end = child.getTextContent();
        default -> {}
      }
    }
    return new Term(titles, start, end);
  }

  private static Attachment attachment(Element element) {
    String type = null;
    List<Labelled> titles = new ArrayList<>();
    List<Labelled> contents = new ArrayList<>();
    for (Element child = first(element); child != null; child = next(child)) {
      switch (child.getLocalName()) {
        case "title" -> titles.add(inLanguage(child));
        case "type" -> type = child.getTextContent();
        case "content" -> contents.add(inLanguage(child));
        default -> {}
      }
    }
    return new Attachment(titles, type, contents);
  }

  private static Labelled typed(Element element) {
    return new Labelled(element.getAttribute("type"), element.getTextContent());
  }

  private static Labelled inLanguage(Element element) {
    return new Labelled(element.getAttributeNS(XMLConstants.XML_NS_URI, "lang"), element.getTextContent());
  }

  /** An element whose value and label are children. */
  private static Labelled pair(Element element, String label) {
    String labelled = null;
    String value = null;
    for (Element child = first(element); child != null; child = next(child)) {
      if (child.getLocalName().equals(label)) labelled = child.getTextContent();
      else if (child.getLocalName().equals("value")) value = child.getTextContent();
    }
    return new Labelled(labelled, value);
  }

  private static Element first(Node parent) {
    return elementFrom(parent.getFirstChild());
  }

  private static Element next(Node before) {
    return elementFrom(before.getNextSibling());
  }

  private static Element elementFrom(Node node) {
    Node found = node;
    while (found != null && !(found instanceof Element)) found = found.getNextSibling();
    return (Element) found;
  }
}
