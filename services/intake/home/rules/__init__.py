"""What can be entered in the register of estates, homes and tenancies, and what is refused."""
