/**
 * What decides on a raw message: decode, validate, tracking plan, enrichment. Pure but for two caches and the tracking
 * plan, which a thread of its own re-reads; nothing here knows of topologies, stores or processors.
 */
package io.weir.intake.admission;
