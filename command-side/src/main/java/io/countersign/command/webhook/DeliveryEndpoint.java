package io.countersign.command.webhook;

import io.countersign.command.inbox.Intake;

/** What all connections share. */
record DeliveryEndpoint(
    WebhookAuthentication authentication,
    WebhookSettings settings,
    WebhookGate gate,
    Intake intake) {}
