"""What a disclosure says: pure functions of a Document, which know mining and no format, no SQL, no network."""
