package io.weir.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one broker, bound before its settings are written: so the settings name ports that nobody else can
 * take in between. Each is handed over once; those that the broker did not come to take are closed.
 */
final class ListeningSockets implements ServerSocketFactory, AutoCloseable {
    static final String HOST = "127.0.0.1";

    private static final Logger LOG = LoggerFactory.getLogger(ListeningSockets.class);
    private static final byte[] ADDRESS = {127, 0, 0, 1};
    /** Connections that wait to be accepted. */
    private static final int BACKLOG = 50;

    private final Map<String, ServerSocketChannel> waiting = new LinkedHashMap<>();

    /**
     * Binds a port of 127.0.0.1 for a listener.
     *
     * @param port the port, 0 for a free one
     * @return the bound port
     * @throws EmbeddedBrokerException if the port is in use
     */
    int bind(String listener, int port) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            waiting.put(listener, channel);
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(ADDRESS), port), BACKLOG);
            return channel.socket().getLocalPort();
        } catch (BindException e) {
            throw new EmbeddedBrokerException(
                    "Port %d on %s is in use: stop what listens there or choose another port.".formatted(port, HOST),
                    e);
        } catch (IOException e) {
            throw new EmbeddedBrokerException(
                    "Could not listen on %s:%d (%s): choose another port.".formatted(HOST, port, e.getMessage()), e);
        }
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listener, InetSocketAddress address, int backlog, int receiveBufferSize) throws IOException {
        ServerSocketChannel channel = waiting.remove(listener);
        if (channel == null) {
            throw new IOException("No socket was bound for the listener %s at %s.".formatted(listener, address));
        }
        return channel;
    }

    @Override
    public void close() {
        for (ServerSocketChannel channel : waiting.values()) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("A socket that no listener took did not close.", e);
            }
        }
        waiting.clear();
    }
}
