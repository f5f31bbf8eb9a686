"""What things are: frozen dataclasses and enums, without input, output or any reading of text."""
