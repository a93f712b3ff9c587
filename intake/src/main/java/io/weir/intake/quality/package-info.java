/** How messages fared: counted where they are decided on, merged per minute, watched for alerts. */
package io.weir.intake.quality;
