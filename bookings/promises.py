"""What families are told before they book or wait, and what therefore has to hold everywhere."""

# How often we try to reach a family.
TRIES = 3
# Who lets so many offers run out is no longer asked.
MOST_MISSED = 2
# How long we wait for a family to say yes to the waiting list by the link in our first e-mail.
DAYS_TO_CONFIRM = 2
