package dev.hydranet.converter.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxiesTest {
  private static final URI FILE = URI.create("https://raw.example.com/file");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          https_proxy, http://proxy.local:3128,        proxy.local, 3128
          HTTPS_PROXY, https://proxy.local:443/,       proxy.local, 443
          all_proxy,   proxy.local:8080,               proxy.local, 8080
          ALL_PROXY,   http://user:word@proxy.local,   proxy.local, 1080
          """)
  void takesProxyFromVariable(String name, String value, String host, int port) {
    assertThat(select(Map.of(name, value), FILE)).isEqualTo(proxy(host, port));
  }

  @Test
  void lowerCaseComesFirstAndSchemesDiffer() {
    Map<String, String> both = Map.of("https_proxy", "a:1", "HTTPS_PROXY", "b:2");
    assertThat(select(both, FILE)).isEqualTo(proxy("a", 1));
    assertThat(select(Map.of("http_proxy", "a:1", "https_proxy", " "), FILE))
        .isEqualTo(Proxy.NO_PROXY);
    assertThat(select(Map.of("http_proxy", "a:1"), URI.create("http://example.com")))
        .isEqualTo(proxy("a", 1));
    assertThat(select(Map.of(), FILE)).isEqualTo(Proxy.NO_PROXY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *                          | true
          raw.example.com            | true
          other.org, example.com     | true
          .example.com               | true
          *.example.com              | true
          RAW.EXAMPLE.COM            | true
          ample.com                  | false
          example.com.evil.org       | false
          ,                          | false
          """)
  void noProxyExempts(String noProxy, boolean exempt) {
    Map<String, String> environment = Map.of("https_proxy", "a:1", "no_proxy", noProxy);
    assertThat(select(environment, FILE)).isEqualTo(exempt ? Proxy.NO_PROXY : proxy("a", 1));
  }

  @Test
  void noProxyMayNamePort() {
    Map<String, String> environment = Map.of("https_proxy", "a:1", "NO_PROXY", "inside:8080");
    assertThat(select(environment, URI.create("https://inside:8080/"))).isEqualTo(Proxy.NO_PROXY);
    assertThat(select(environment, URI.create("https://inside:9/"))).isEqualTo(proxy("a", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:8080/", "http://127.0.0.1/", "http://[::1]:8080/"})
  void thisMachineIsExempt(String uri) {
    assertThat(select(Map.of("all_proxy", "a:1"), URI.create(uri))).isEqualTo(Proxy.NO_PROXY);
  }

  @Test
  void systemPropertiesComeFirst() {
    ProxySelector properties = ProxySelector.of(InetSocketAddress.createUnresolved("p", 7));
    assertThat(new EnvironmentProxies(Map.of("https_proxy", "a:1"), properties).select(FILE))
        .first()
        .extracting(proxy -> ((InetSocketAddress) proxy.address()).getPort())
        .isEqualTo(7);
  }

  @Test
  void refusesWhatIsNoProxy() {
    assertThatThrownBy(() -> select(Map.of("https_proxy", "http://a b"), FILE))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a proxy's URL in https_proxy, found 'http://a b'");
  }

  private static Proxy select(Map<String, String> environment, URI uri) {
    return new EnvironmentProxies(environment, null).select(uri).get(0);
  }

  private static Proxy proxy(String host, int port) {
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(host, port));
  }
}
