"""The commands of `orebook`, one module a task; `pipeline.cli` lists them. Each imports its work when it is called."""
