"""What all filings together state: each estimate line with its project, what applies to it, and what came after it.

``refresh`` derives it for the filings that a transaction touched, within that transaction; ``standing`` has the rule.
"""
