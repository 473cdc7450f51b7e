"""What may be asked by somebody who has no sign-in, and how often."""
