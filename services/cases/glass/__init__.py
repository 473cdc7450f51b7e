"""Breaking the glass: a case that is none of one's own is read for three hours, for a reason that somebody else reviews (decision 0045)."""
