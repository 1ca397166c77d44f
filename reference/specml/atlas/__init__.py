"""Tables of sounds as maps and as a page that plays them: ``specml atlas``."""
