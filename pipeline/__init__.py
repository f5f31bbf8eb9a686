"""How a filing becomes rows: formats, processes, database and people; mining only in ``checks``."""
