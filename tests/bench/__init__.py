"""The benches run; what they measure is no test's business."""
