"""Every list of codes there is, each once, with what the codes are called: pure data; what may be done with a code is a rule."""
