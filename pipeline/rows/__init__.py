"""What rows a disclosure and its assessment make; nothing here touches a database."""
