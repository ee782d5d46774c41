package dev.hydranet.converter.published;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The proxies that the environment variables {@code https_proxy}, {@code http_proxy}, {@code
 * all_proxy} and {@code no_proxy} name, in lower or upper case, as curl and Python read them. Java
 * itself knows only its system properties: they come first where they are set.
 */
final class EnvironmentProxies extends ProxySelector {
  private static final int DEFAULT_PORT = 1080;

  private final Map<String, String> environment;
  private final ProxySelector properties;

  EnvironmentProxies(Map<String, String> environment, ProxySelector properties) {
    this.environment = environment;
    this.properties = properties;
  }

  @Override
  public List<Proxy> select(URI uri) {
    List<Proxy> configured = properties == null ? List.of() : properties.select(uri);
    if (configured.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT)) {
      return configured;
    }
    for (String name : List.of(uri.getScheme().toLowerCase(Locale.ROOT) + "_proxy", "all_proxy")) {
      String proxy = variable(name);
      if (!proxy.isEmpty() && !exempt(uri)) {
        return List.of(new Proxy(Proxy.Type.HTTP, address(name, proxy)));
      }
    }
    return List.of(Proxy.NO_PROXY);
  }

  private String variable(String name) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty()
        ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "").strip()
        : value;
  }

  /**
   * Whether {@code no_proxy} lists the host, a domain that it is in, or everything; this machine
   * itself is exempt as it is with Java's properties.
   */
  private boolean exempt(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
      return true;
    }
    for (String entry : variable("no_proxy").toLowerCase(Locale.ROOT).split(",")) {
      String domain = entry.strip();
      if (domain.endsWith(":" + uri.getPort())) {
        domain = domain.substring(0, domain.lastIndexOf(':'));
      }
      if (domain.startsWith("*.")) {
        domain = domain.substring(1);
      }
      if (domain.startsWith(".")) {
        domain = domain.substring(1);
      }
      if (domain.equals("*")
          || (!domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain)))) {
        return true;
      }
    }
    return false;
  }

  private static InetSocketAddress address(String name, String proxy) {
    try {
      URI uri = new URI(proxy.contains("://") ? proxy : "http://" + proxy);
      if (uri.getHost() != null) {
        int port = uri.getPort() >= 0 ? uri.getPort() : DEFAULT_PORT;
        return new InetSocketAddress(uri.getHost(), port);
      }
      throw new URISyntaxException(proxy, "no host");
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "expected a proxy's URL in " + name + ", found '" + proxy + "'", e);
    }
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    if (properties != null) {
      properties.connectFailed(uri, address, failure);
    }
  }
}
