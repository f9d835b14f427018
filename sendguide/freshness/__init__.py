"""One text for the whole site, its generation, which is another one after every change that a public page could show.

Whoever keeps something made from the database keeps the generation with it, and knows that it is true for as long as
the generation is the same: in every process, on every machine.
"""
