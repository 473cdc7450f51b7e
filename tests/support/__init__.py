"""What the tests stand on: histories, servers, and patience."""
