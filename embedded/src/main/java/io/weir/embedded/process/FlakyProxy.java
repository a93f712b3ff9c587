package io.weir.embedded.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP proxy on 127.0.0.1 that can be cut: the server behind it is then gone for its clients, who are refused and
 * lose the connections they have, and comes back at the same address with all that it knows.
 */
public final class FlakyProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlakyProxy.class);
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BUFFER_BYTES = 16 * 1024;

    private final int targetPort;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket listening;

    private FlakyProxy(int targetPort, ServerSocket listening) {
        this.targetPort = targetPort;
        this.port = listening.getLocalPort();
        this.listening = listening;
    }

    /**
     * A proxy on a free port of 127.0.0.1 that forwards to another port there, from now on.
     *
     * @param targetPort where connections are forwarded to; may be a port where nobody listens yet
     */
    public static FlakyProxy to(int targetPort) {
        FlakyProxy proxy = new FlakyProxy(targetPort, listen(0));
        proxy.accept(proxy.listening);
        return proxy;
    }

    /** The port of the proxy on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Ends all connections and refuses new ones until {@link #restore()}. */
    public synchronized void cut() {
        closeQuietly(listening);
        open.forEach(FlakyProxy::closeQuietly);
        open.clear();
    }

    /** Lets connections through again, on the same port; does nothing if they are let through. */
    public synchronized void restore() {
        if (listening.isClosed()) {
            listening = listen(port);
            accept(listening);
        }
    }

    /** Whether connections are refused. */
    public synchronized boolean isCut() {
        return listening.isClosed();
    }

    @Override
    public void close() {
        cut();
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket server) {
        daemon("accept", () -> {
            while (!server.isClosed()) {
                try {
                    connect(server, server.accept());
                } catch (IOException e) {
                    LOG.debug("The proxy on port {} lost a connection.", port, e);
                }
            }
        });
    }

    private void connect(ServerSocket server, Socket client) throws IOException {
        Socket target = new Socket();
        synchronized (this) {
            open.add(client);
            open.add(target);
            // A connection that came in just before the cut must not outlive it.
            if (server.isClosed()) {
                closeBoth(client, target);
                return;
            }
        }
        daemon("forward", () -> forward(client, target));
    }

    private void forward(Socket client, Socket target) {
        try {
            target.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), targetPort));
            daemon("answer", () -> copy(target, client));
        } catch (IOException e) {
            LOG.debug("Nobody listens on port {}, behind the proxy on port {}.", targetPort, port, e);
            closeBoth(client, target);
            return;
        }
        copy(client, target);
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            int read = in.read(buffer);
            while (read >= 0) {
                out.write(buffer, 0, read);
                read = in.read(buffer);
            }
        } catch (IOException e) {
            LOG.debug("A connection through the proxy on port {} ended.", port, e);
        } finally {
            closeBoth(from, to);
        }
    }

    private void closeBoth(Socket one, Socket other) {
        closeQuietly(one);
        closeQuietly(other);
        open.remove(one);
        open.remove(other);
    }

    private void daemon(String role, Runnable task) {
        Thread thread = new Thread(task, "proxy-%d-%s".formatted(port, role));
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.debug("A socket of the proxy did not close.", e);
        }
    }
}
