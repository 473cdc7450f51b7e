"""A little service with one form, for the tests of the door and the pages."""
