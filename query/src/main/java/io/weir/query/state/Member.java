package io.weir.query.state;

/**
 * A process of the deployment, by the address at which the others reach it.
 *
 * @param host name or address
 * @param port of its HTTP
 */
public record Member(String host, int port) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
