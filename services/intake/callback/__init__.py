"""A page that needs no sign-in, where a resident asks to be called."""
