package io.weir.intake;

import io.weir.intake.admission.SourceFormat;

/**
 * A raw topic that intake reads.
 *
 * @param topic its full name, which the deployment's prefix is not put before
 * @param format how its messages are written
 * @param keyedBy what its keys are
 */
public record IntakeSource(String topic, SourceFormat format, KeyedBy keyedBy) {}
