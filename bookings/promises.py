"""What families are told before they book or wait, and what therefore has to hold everywhere."""

# How often we try to reach a family.
TRIES = 3
# Who lets so many offers run out is no longer asked.
MOST_MISSED = 2
