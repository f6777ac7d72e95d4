"""Benchmarks: each section measures the product beside a yardstick in the same run and reports ratios."""
