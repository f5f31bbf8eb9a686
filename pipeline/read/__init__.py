"""Bytes to Document, by format; a reader knows formats and no mining."""
