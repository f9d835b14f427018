class Refused(Exception):
    """Nothing was changed, and no file was made. The message says in sentences why, to whoever typed the command."""
