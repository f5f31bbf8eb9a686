"""What rows a disclosure and its assessment make, and how rows go into a database and come from it."""
