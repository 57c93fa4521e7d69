"""What follows a call: the email to the customer, the scorecard. Pure builders over a call's state."""
