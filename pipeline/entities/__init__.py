"""Who is who across filings: one issuer, project, deposit and person each, with the names as printed kept.

Names are one where their words are, without case, accents and legal form. What is merely alike is proposed to a
reviewer (``proposals``), whose decisions (``deciding``) are rows of their own. An identity is a hash of the matched
words: it is the same in every run and on every database, whatever else is there.
"""
