"""Examples and state files on the sound card, live."""
