"""The texts of the site as files: ``content/`` is read into the database and written back from it.

``files`` finds and decodes, ``yaml_lines`` knows YAML with line numbers, ``fields`` and ``kinds`` say what each kind of
content looks like in a file and as a row, ``reading`` turns files into items, ``checking`` finds what is wrong with
them, ``loading`` writes items to the database and ``exporting`` writes rows to files.
"""
