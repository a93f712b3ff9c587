package io.weir.traffic;

/**
 * The program that a visitor uses, and the library in it.
 *
 * @param userAgent null on a server
 * @param app null on the web and on a server
 * @param appVersion null where {@code app} is
 */
public record Device(String userAgent, String library, String libraryVersion, String app, String appVersion) {

    /** Whether it is the shop's app. */
    public boolean isApp() {
        return app != null;
    }

    /** Whether its library leaves {@code timestamp} to the receiver, and its clock may be wrong. */
    boolean sendsDeviceTime() {
        return library.equals("analytics-kotlin") || library.equals("analytics-swift");
    }
}
