"""One file that holds everything which cannot be made again: the database and the uploaded pictures.

Its commands are ``backup`` and ``restore``. Neither imports an app: they know tables and files, not what is in them.
"""
