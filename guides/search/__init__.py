"""Finding pages by words.

``words`` takes a text apart; ``synonyms``, ``spelling`` and ``asking`` turn what people type into our words; ``index``
holds documents and ranks them; ``lines`` and ``answers`` make results of them; ``suggesting`` offers pages while
somebody types; ``crisis`` and ``postcodes`` know one when they see it: these know nothing of Django. ``targets`` are
the pages that synonyms lead to, ``documents`` says what of the site is found, ``fresh`` keeps one index in each process
true to the database, ``find`` is the search, ``misses`` counts what was not found.
"""
