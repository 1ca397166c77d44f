"""Models in a notebook: what they are, how they sound, and a small picture of it."""
