"""Finding pages by words.

``words`` takes a text apart, ``synonyms`` and ``spelling`` turn what people type into our words, ``index`` holds
documents and ranks them: these know nothing of Django. ``documents`` says what of the site is found, ``fresh`` keeps
one index in each process true to the database, ``find`` answers a search, ``misses`` counts those without an answer.
"""
