import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A small client of the EMREX import API. Java 17 or newer, nothing but its standard library; in earnest, read the
 * answers with the JSON library that you have.
 *
 * <pre>
 * export EMREX_API=https://emrex.example.edu/smp/jobs/api EMREX_KEY=emrex_… EMREX_PURPOSE=recruitment
 * export EMREX_APPLICANT='{"givenNames": "Aino", "familyName": "Esimerkki", "birthDate": "1952-10-13"}'
 * java ImportClient.java ask
 * java ImportClient.java verify SECRET WEBHOOK_ID WEBHOOK_TIMESTAMP WEBHOOK_SIGNATURE &lt; body
 * </pre>
 */
public final class ImportClient {
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final String address;
  private final String key;

  private ImportClient(String address, String key) {
    this.address = address;
    this.key = key;
  }

  private HttpResponse<String> call(String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + key)
        .header("Accept", "application/json")
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) request.header("Content-Type", "application/json");
    if (headers.length > 0) request.headers(headers);
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** The answer, if the API did not say no; a reason code of docs/reason-codes.md stands in the refusal. */
  private static String demand(HttpResponse<String> response) {
    if (response.statusCode() >= 300)
      throw new IllegalStateException("refused: " + response.statusCode() + " " + response.body());
    return response.body();
  }

  /** The first text member of that name. */
  private static String text(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
    return found.find() ? found.group(1) : null;
  }

  /** The objects of the first list of that name, each of nothing but texts and numbers. */
  private static List<String> objects(String json, String name) {
    Matcher list = Pattern.compile("\"" + name + "\":\\[((?:[^\\]\"]++|\"(?:[^\"\\\\]++|\\\\.)*+\")*+)\\]").matcher(json);
    Pattern object = Pattern.compile("\\{(?:[^{}\"]++|\"(?:[^\"\\\\]++|\\\\.)*+\")*+\\}");
    return list.find() ? object.matcher(list.group(1)).results().map(MatchResult::group).toList() : List.of();
  }

  /** Whether an event came from the gateway and is no replay. Answer 400 if not: it comes again, signed anew. */
  static boolean isSigned(String secret, String id, String timestamp, String signature, byte[] body) throws Exception {
    if (Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) > 300) return false;
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
    mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
    byte[] wanted = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes(StandardCharsets.UTF_8);
    boolean isGood = false;
    for (String one : signature.split(" "))
      isGood |= MessageDigest.isEqual(wanted, one.getBytes(StandardCharsets.UTF_8));
    return isGood;
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 5 && arguments[0].equals("verify")) {
      byte[] body = System.in.readAllBytes();
      System.out.println(isSigned(arguments[1], arguments[2], arguments[3], arguments[4], body) ? "signed" : "refused");
      return;
    }
    ImportClient api = new ImportClient(System.getenv("EMREX_API"), System.getenv("EMREX_KEY"));
    // Who you think the applicant is: results of somebody else are refused.
    String order = "{\"purpose\":\"" + System.getenv("EMREX_PURPOSE") + "\",\"reference\":\"job-4711\","
        + "\"applicant\":" + System.getenv("EMREX_APPLICANT") + "}";
    // Sent again with the same key after a broken connection, it makes no second request.
    String made = demand(api.call("POST", "/requests", order, "Idempotency-Key", UUID.randomUUID().toString()));
    String id = text(made, "id");
    System.out.println("LINK " + text(made, "url"));

    // In earnest, wait for the event and do not ask again and again.
    String status = "waiting";
    for (int look = 0; look < 240 && (status.equals("waiting") || status.equals("opened")); look++) {
      Thread.sleep(500);
      status = text(demand(api.call("GET", "/requests/" + id, null)), "status");
    }
    System.out.println("STATUS " + status);
    if (!status.equals("completed")) return;
    String result = demand(api.call("GET", "/requests/" + id + "/result", null));
    // What the document does not say is not there, and so is what the purpose does not name.
    for (String degree : objects(result, "degrees"))
      System.out.println("DEGREE " + text(degree, "title") + " " + text(degree, "date"));
    System.out.println("PERSON " + text(result, "verdict"));
    // Delete what you have taken over: it need not be kept twice.
    demand(api.call("DELETE", "/requests/" + id, null));
    System.out.println("THEN " + text(api.call("GET", "/requests/" + id, null).body(), "code"));
  }
}
