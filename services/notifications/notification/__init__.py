"""One notice to one colleague: asked for, sent, tried again, given up."""
