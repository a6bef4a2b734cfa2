"""Text into a ``Reading``: danger first and always, then control words, points and complaints."""
