package io.weir.query.state;

import java.util.List;

/** Where the state of the features is. Each method throws {@link NotKeptException} for state that nobody keeps. */
public interface States {

    /** This process, as the others know it. */
    Member self();

    /**
     * Who holds the partition of a key.
     *
     * @param store by whose partitions the key is placed
     * @throws UnavailableException while that is not known, as before the first assignment
     */
    Place find(String feature, String store, String key);

    /**
     * Who holds each partition of a store, in their order.
     *
     * @throws UnavailableException while that is not known
     */
    List<Place> all(String feature, String store);

    /** A partition that this process writes; if it does not, its stores say so. */
    Partition open(String feature, int partition);

    /**
     * A copy of a partition in this process, or what is being restored of it.
     *
     * @param store one of its stores
     * @throws UnavailableException if there is none, or it is too far behind to answer
     */
    Partition copy(String feature, String store, int partition);
}
