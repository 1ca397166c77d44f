"""Sweeps: many runs over settings, controls and seeds, and one table of what each measured."""
