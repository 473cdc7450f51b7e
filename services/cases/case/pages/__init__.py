"""What people see of cases: the queue, one case with its history and its steps, and the case as it stood on a day."""
