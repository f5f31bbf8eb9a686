"""How fast orebook is, beside other ways to read the same files: run by hand, never by the tests."""
