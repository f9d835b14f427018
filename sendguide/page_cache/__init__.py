"""Whole public pages, kept in front of Django by each web process.

A page is kept under what it is made from, and made from nothing else: where a view says (``public``) that it depends
on its path and some names of the query string, Django is asked with these alone. So nothing of the visitor who asks
first, be it a cookie, an address or a language, can be in what the next one is shown.
"""
