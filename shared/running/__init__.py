"""Starting and watching a service: its roles, its command line, its listener, its health."""
