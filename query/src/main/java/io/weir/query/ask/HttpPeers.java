package io.weir.query.ask;

import io.weir.query.state.Member;
import io.weir.query.state.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;

/** Asks other processes over HTTP, with the token that they have in common. */
public final class HttpPeers implements Peers {

    private static final int OK = 200;

    private final HttpClient client;
    private final String token;
    private final Duration timeout;

    /**
     * @param token that every process of the deployment has
     * @param timeout for the whole of an answer
     */
    public HttpPeers(String token, Duration timeout) {
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.token = token;
        this.timeout = timeout;
    }

    @Override
    public List<Reply> ask(Member member, Question question, List<Integer> partitions, Arguments arguments) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + member + PeerProtocol.PATH))
                .timeout(timeout)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(PeerProtocol.write(question, partitions, arguments)))
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() != OK) {
                throw new UnavailableException(member + " answers with status " + response.statusCode() + ".");
            }
            return PeerProtocol.readReplies(response.body());
        } catch (IOException | JacksonException e) {
            throw new UnavailableException(member + " does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(member + " was not waited for.", e);
        }
    }
}
