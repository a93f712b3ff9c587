/**
 * Tracking plans: which events there are and what their properties must be, as JSON Schemas (2020-12) in a folder.
 *
 * <p>The folder holds {@code plan.json}: {@code {"name": "shop", "unplanned": "observe", "events": [{"name": "Order
 * Completed", "mode": "enforce", "versions": ["1", "2"]}]}}. The schemas of an event are {@code
 * order-completed/<version>.schema.json}, the folder being the name in small letters with a hyphen for everything else
 * than letters and digits; the last version is the current one, which every event follows that does not name another one
 * of them (Segment's {@code context.protocols.event_version}). Examples are in the schema's {@code examples};
 * counter-examples beside it, in {@code <version>.counter-examples.json}, an object from what is wrong to the properties
 * that are wrong in that way. Schemas may refer to files below {@code common/}, and to nothing outside the folder.
 *
 * <p>What is validated is the JSON object of an event's properties: {@code properties} of a Segment track call; of a page
 * or screen call (event name {@code page_view}) its properties with the call's name and category; {@code traits} of an
 * identify call (event name {@code identify}). An event that came as Avro is validated in the form that Segment's spec
 * would give its payload, so that one plan serves all collectors.
 */
package io.weir.intake.admission.plan;
