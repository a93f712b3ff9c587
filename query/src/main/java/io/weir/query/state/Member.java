package io.weir.query.state;

/**
 * A process of the deployment, by the address at which the others reach it.
 *
 * @param host name or address, one of IPv6 without brackets
 * @param port of its HTTP
 */
public record Member(String host, int port) {

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
