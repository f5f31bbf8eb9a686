"""Does it add up? One verdict for every relation that a disclosure gives figures for."""
