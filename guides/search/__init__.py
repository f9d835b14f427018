"""Finding pages by words.

``words`` takes a text apart; ``synonyms``, ``spelling`` and ``asking`` turn what people type into our words; ``index``
holds documents and ranks them; ``lines`` and ``answers`` make results of them: these know nothing of Django.
``documents`` says what of the site is found, ``fresh`` keeps one index in each process true to the database, ``find``
is the search, ``misses`` counts what was not found, ``postcodes`` knows a postcode when it sees one.
"""
