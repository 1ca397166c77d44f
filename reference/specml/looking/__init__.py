"""Pictures of states and of how they evolved, and where two files differ."""
