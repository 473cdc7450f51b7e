"""What may be said about somebody who told of a resident."""
