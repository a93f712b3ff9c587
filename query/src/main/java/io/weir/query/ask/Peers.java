package io.weir.query.ask;

import io.weir.query.state.Member;
import java.util.List;

/** The other processes of the deployment. */
public interface Peers {

    /**
     * Asks one.
     *
     * @param partitions which of the member's partitions are asked
     * @return what those that it holds answered; the others are left out
     * @throws io.weir.query.state.UnavailableException if it does not answer in time
     */
    List<Reply> ask(Member member, Question question, List<Integer> partitions, Arguments arguments);
}
