"""What people see of observations: the form with the estate chosen before it, its receipt, and what came of it."""
