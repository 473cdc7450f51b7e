"""The association's emergency procedure as data: who may take which step, which clocks run, and what is agreed with whom."""
