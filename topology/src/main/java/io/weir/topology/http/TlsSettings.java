package io.weir.topology.http;

import io.weir.core.settings.Setting;
import io.weir.core.settings.Settings;
import io.weir.core.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The certificate with which HTTP is answered, and which other processes of the deployment are trusted by.
 *
 * @param keyStore file with a private key and its certificates
 * @param password of the file and the key
 */
public record TlsSettings(Path keyStore, String password) {

    public static final Setting<String> KEY_STORE = Setting.text(
            "weir.http.tls-key-store",
            null,
            "a PKCS #12 or JKS file with one private key",
            "Queries, health and metrics are answered over TLS alone, with this key and its certificates. The file is looked at once a second: a certificate is renewed by replacing it. Other processes are trusted by the certificates of its chain, and must be named by theirs as weir.http.advertised names them. Without it they are answered in the clear.");

    public static final Setting<String> PASSWORD = Setting.text(
                    "weir.http.tls-key-store-password",
                    null,
                    "the password of the file and of its key",
                    "Opens weir.http.tls-key-store.")
            .asSecret();

    /** Both settings. */
    static List<Setting<?>> all() {
        return List.of(KEY_STORE, PASSWORD);
    }

    /**
     * Reads them, and the file.
     *
     * @return empty where HTTP is answered in the clear
     * @throws SettingsException if one is wrong
     */
    static Optional<TlsSettings> of(Settings settings) {
        Optional<Path> keyStore = settings.find(KEY_STORE).map(Path::of);
        if (keyStore.isEmpty()) {
            return Optional.empty();
        }
        String password = settings.find(PASSWORD)
                .orElseThrow(
                        () -> new SettingsException(PASSWORD.key() + ": needed where " + KEY_STORE.key() + " is set"));
        TlsSettings tls = new TlsSettings(keyStore.get(), password);
        tls.peers();
        return Optional.of(tls);
    }

    /** What a server shows; it reads the file by itself. */
    SslContextFactory.Server server() {
        SslContextFactory.Server server = new SslContextFactory.Server();
        server.setKeyStorePath(keyStore.toAbsolutePath().toString());
        server.setKeyStorePassword(password);
        return server;
    }

    /**
     * Trusts the certificates of the key's chain: whoever shows one of them, or one that they have signed.
     *
     * @throws SettingsException if the file is not as it should be
     */
    public SSLContext peers() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw wrong("cannot be opened with " + PASSWORD.key(), e);
        }
    }

    private KeyStore anchors() throws GeneralSecurityException, IOException {
        if (!Files.isReadable(keyStore)) {
            throw new SettingsException(KEY_STORE.key() + ": " + keyStore + " cannot be read");
        }
        KeyStore store = KeyStore.getInstance(keyStore.toFile(), password.toCharArray());
        List<Certificate> certificates = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                // With another password than the file's the key would fail at the first request.
                store.getKey(alias, password.toCharArray());
                certificates.addAll(List.of(store.getCertificateChain(alias)));
            }
        }
        if (certificates.isEmpty()) {
            throw new SettingsException(KEY_STORE.key() + ": " + keyStore + " holds no private key");
        }
        KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
        anchors.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            anchors.setCertificateEntry("anchor-" + i, certificates.get(i));
        }
        return anchors;
    }

    private SettingsException wrong(String how, Exception cause) {
        SettingsException wrong = new SettingsException(KEY_STORE.key() + ": " + keyStore + " " + how);
        wrong.initCause(cause);
        return wrong;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "TlsSettings[keyStore=" + keyStore + "]";
    }
}
