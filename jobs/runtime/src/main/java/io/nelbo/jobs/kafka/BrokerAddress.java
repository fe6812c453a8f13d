package io.nelbo.jobs.kafka;

import io.nelbo.jobs.config.NelboConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.ClientDnsLookup;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.common.config.ConfigException;

/**
 * Looks for a broker the quick way, for who can do without: Kafka's clients try a port where nobody
 * listens until their time is over.
 */
public final class BrokerAddress {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private BrokerAddress() {}

  /** Whether anybody listens at one of the configuration's addresses; it need not be a broker. */
  public static boolean isListening(NelboConfig config) {
    List<InetSocketAddress> addresses;
    try {
      addresses =
          ClientUtils.parseAndValidateAddresses(
              List.of(config.kafka().bootstrapServers().split("\\s*,\\s*")),
              ClientDnsLookup.USE_ALL_DNS_IPS);
    } catch (ConfigException unknown) {
      return false; // none of the names is known here
    }
    return addresses.stream().anyMatch(BrokerAddress::isListening);
  }

  private static boolean isListening(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, (int) PATIENCE.toMillis());
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
