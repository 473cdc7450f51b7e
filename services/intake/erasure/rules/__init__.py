"""What goes when somebody is erased, what stays and why, and how an erasure comes to its end."""
