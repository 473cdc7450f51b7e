"""What services say to each other: the envelope, the published language, outbox, inbox and relay."""
