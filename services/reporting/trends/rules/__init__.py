"""What may be shown: never a cell so small that it is about somebody, nor what leads to one."""
