"""What many calls tell a manager together: whom to coach in what, and how far the scores can be trusted.

For coaching: nothing here sums a person up, and nothing ranks people.
"""
