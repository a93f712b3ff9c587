package io.weir.query.ask;

import io.weir.query.state.Member;
import io.weir.query.state.UnavailableException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Asks other processes over HTTP, with the token that they have in common. */
public final class HttpPeers implements Peers {

    private static final int OK = 200;

    private final HttpClient client;
    private final String scheme;
    private final String token;
    private final Duration timeout;

    /**
     * @param token that every process of the deployment has
     * @param timeout for the whole of an answer
     * @param tls by which they are trusted; empty where they answer in the clear
     */
    public HttpPeers(String token, Duration timeout, Optional<SSLContext> tls) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(timeout).version(HttpClient.Version.HTTP_1_1);
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
        this.scheme = tls.isPresent() ? "https://" : "http://";
        this.token = token;
        this.timeout = timeout;
    }

    @Override
    public List<Reply> ask(Member member, Question question, List<Integer> partitions, Arguments arguments) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(scheme + member + PeerProtocol.PATH))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(PeerProtocol.write(question, partitions, arguments)))
                    .build();
            HttpResponse<byte[]> response = receive(request);
            if (response.statusCode() != OK) {
                throw new UnavailableException(member + " answers with status " + response.statusCode() + ".");
            }
            return PeerProtocol.readReplies(response.body());
        } catch (ExecutionException | TimeoutException | IllegalArgumentException e) {
            throw new UnavailableException(member + " does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(member + " was not waited for.", e);
        }
    }

    /** With the body: the client's own timeout ends when the first of an answer is there. */
    private HttpResponse<byte[]> receive(HttpRequest request)
            throws ExecutionException, InterruptedException, TimeoutException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            answer.cancel(true);
        }
    }
}
