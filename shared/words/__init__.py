"""What people read: labels of codes, languages and translations."""
