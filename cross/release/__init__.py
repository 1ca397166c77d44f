"""What a release carries, built on one Linux machine for every system."""
